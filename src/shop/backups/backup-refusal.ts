/** Why a copy is not made or not put back. */
export type BackupRefusal = 'copy-gone' | 'copies-not-here';
