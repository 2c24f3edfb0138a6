#ifndef CKERNELS_ATTEND_H
#define CKERNELS_ATTEND_H

#include "CKernelsLayer.h"

/// What `ckernels_attend` is asked, for at least one position; `count` = end - first, and the cache begins at `first`.
typedef struct {
    const float *queries;
    size_t heads;
    size_t key_size;
    size_t value_size;
    CKernelsCache cache;
    size_t count;
    float scale;
    float softcap;
    const float *sinks;
    float *scores;  ///< [heads][count]
    float *out;     ///< [heads][value_size]
} Attention;

#if defined(__x86_64__)
/// Needs AVX2, FMA and F16C.
void attend_avx2(const Attention *attention);
#endif

#endif
