// 0, 1, 2 ...: what virtual lists count rows by, made once however often the length of a list changes.

let numbers: number[] = [];

export function firstNumbers(count: number): number[] {
  if (numbers.length < count) numbers = Array.from({ length: count }, (_, index) => index);
  return numbers.slice(0, count);
}
