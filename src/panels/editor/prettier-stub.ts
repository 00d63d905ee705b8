// Stands in for Prettier, which the YAML language service would format with: the editor offers no formatting.
export const format = (text: string): Promise<string> => Promise.resolve(text);
export default {};
