"""One child's case and a family of them: models, evidence, references, reading."""
