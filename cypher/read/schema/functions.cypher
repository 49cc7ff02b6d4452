// title: Functions
// description: "The functions that come with the database, with what they do in its own words."
// timeless: true
// parameters: {}
// returns:
//   name: {type: text, description: "The name, dotted with its name space"}
//   description: {type: text, description: "What it does"}
SHOW FUNCTIONS
YIELD name, description, isBuiltIn
WHERE isBuiltIn
RETURN name, description
ORDER BY name
