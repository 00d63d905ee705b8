// The YAML language service. The wrapper lets the development server prepare its CommonJS parts.
import 'monaco-yaml/yaml.worker.js';
