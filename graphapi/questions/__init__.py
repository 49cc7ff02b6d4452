"""The questions of the catalogue and their answers; the service, its pages and the command line ask here alike."""

from graphapi.questions.answer import Answer, Question, answer_document, answer_table
from graphapi.questions.asking import ask
from graphapi.questions.paths import Chain, Paths, find_paths, paths_document

__all__ = ["Answer", "Chain", "Paths", "Question", "answer_document", "answer_table", "ask", "find_paths", "paths_document"]
