// title: Names in use
// description: "Every label, relationship type and property key that the database knows, from its own lists: no node is looked at."
// timeless: true
// parameters: {}
// returns:
//   kind: {type: text, description: "label, type or property"}
//   name: {type: text, description: "The name"}
CALL () {
  CALL db.labels() YIELD label
  RETURN 'label' AS kind, label AS name
  UNION ALL
  CALL db.relationshipTypes() YIELD relationshipType
  RETURN 'type' AS kind, relationshipType AS name
  UNION ALL
  CALL db.propertyKeys() YIELD propertyKey
  RETURN 'property' AS kind, propertyKey AS name
}
RETURN kind, name
ORDER BY kind, name
