// Why a plan came to nothing that no answer was taken to. Whoever left a signed one is told that it was not carried out.

export function whyExpired(isAnswerLeft: boolean): string {
  return isAnswerLeft
    ? 'It was answered, but the server that proposed it did not take the answer in time.'
    : 'Nobody answered in time.';
}

export function whyGone(isAnswerLeft: boolean): string {
  return isAnswerLeft
    ? 'It was answered, but the server that proposed it is gone.'
    : 'The client that proposed it is gone.';
}
