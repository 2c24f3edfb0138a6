#ifndef CKERNELS_H
#define CKERNELS_H

#include <stddef.h>

/// The sets of instructions a kernel may be written for.
typedef enum {
    CKernelsPathPortable = 0,
    CKernelsPathAVX2 = 1,
    CKernelsPathNEON = 2,
} CKernelsPath;

/// The fastest set of instructions this processor and its operating system offer. Cheap: reads a stored answer.
CKernelsPath ckernels_path(void);

/// Sum of a[i] * b[i] for i < count, float32. Needs no alignment; the pointers may be null when count is 0.
/// A path this processor does not offer is answered by the portable one.
float ckernels_dot(const float *a, const float *b, size_t count, CKernelsPath path);

#endif
