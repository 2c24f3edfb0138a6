#ifndef CKERNELS_PATH_H
#define CKERNELS_PATH_H

/// The sets of instructions a kernel may be written for.
typedef enum {
    CKernelsPathPortable = 0,
    CKernelsPathAVX2 = 1,
    CKernelsPathNEON = 2,
} CKernelsPath;

/// The fastest set of instructions this processor and its operating system offer. Cheap: reads a stored answer.
CKernelsPath ckernels_path(void);

#endif
