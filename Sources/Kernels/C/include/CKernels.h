#ifndef CKERNELS_H
#define CKERNELS_H

#include <stddef.h>

#include "CKernelsEncoder.h"
#include "CKernelsLayer.h"
#include "CKernelsPath.h"
#include "CKernelsProduct.h"
#include "CKernelsStored.h"
#include "CKernelsTeam.h"

/// Sum of a[i] * b[i] for i < count, float32. Needs no alignment; the pointers may be null when count is 0.
/// A path this processor does not offer is answered by the portable one.
float ckernels_dot(const float *a, const float *b, size_t count, CKernelsPath path);

#endif
