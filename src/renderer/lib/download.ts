// Hands a text or bytes to the browser as a file to save.

export function downloadText(fileName: string, text: string, mediaType: string): void {
  download(fileName, new Blob([text], { type: mediaType }));
}

export function downloadBytes(fileName: string, bytes: Uint8Array<ArrayBuffer>, mediaType: string): void {
  download(fileName, new Blob([bytes], { type: mediaType }));
}

function download(fileName: string, content: Blob): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
