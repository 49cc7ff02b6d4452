/* The one name that this page adds to the window. Every module below hangs its functions on it, in the order in which they stand. */
window.parley = {};
