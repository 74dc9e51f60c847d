// Which voices can read a text in a language.

// Dari is the Persian of Afghanistan, and devices have one voice for both: whoever asks for it would
// else hear nothing.
const primary = (tag) => tag.toLowerCase().split(/[-_]/)[0].replace(/^prs$/, "fa");

/**
 * Whether the device itself has this voice, and for this language: any other voice would send what it
 * reads, and so what was answered, to its maker.
 */
export const canRead = (voice, tag) => voice.localService && primary(voice.lang) === primary(tag);
