"""The differential test of JSONPath: generated paths and documents through this engine and through Jayway 2.4 and 2.9."""
