// The package's errors, in a file of their own for what needs no module.

/** An error as the module throws them. */
export function failure(code, message) {
  const error = new Error(message);
  error.name = 'AtraError';
  error.code = code;
  return error;
}
