/** Why something that follows from a scan is refused: `why` carries the risk's reason, the screens the words. */
export type ScanningRefusal = 'scan-risk';
