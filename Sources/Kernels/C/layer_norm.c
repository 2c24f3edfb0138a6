#include <math.h>
#include <string.h>

#include "CKernelsEncoder.h"

// Layer normalisation (arXiv:1607.06450) of a sum of two rows. Mean and variance are summed in double, in eight lanes
// that are added as a fixed tree; the numbers past the last whole vector go to the first lane.

enum { Lane = 8 };  // numbers of a vector

typedef float Lanes __attribute__((vector_size(Lane * sizeof(float)), may_alias, aligned(4)));
typedef double Sums __attribute__((vector_size(Lane * sizeof(double))));

// By pointer: how such a vector is passed depends on the processor.
static inline __attribute__((always_inline)) double sum_lanes(const Sums *lanes) {
    const Sums sums = *lanes;
    return ((sums[0] + sums[1]) + (sums[2] + sums[3])) + ((sums[4] + sums[5]) + (sums[6] + sums[7]));
}

static inline __attribute__((always_inline)) void normalise(
    const float *x, const float *added, const float *weight, const float *bias, float *out, size_t count,
    float epsilon) {
    const size_t whole = count / Lane * Lane;
    Sums sums = {0};
    for (size_t i = 0; i < whole; i += Lane) {
        Lanes z = *(const Lanes *)(x + i);
        if (added) z += *(const Lanes *)(added + i);
        *(Lanes *)(out + i) = z;
        sums += __builtin_convertvector(z, Sums);
    }
    for (size_t i = whole; i < count; i++) {
        out[i] = x[i] + (added ? added[i] : 0);
        sums[0] += (double)out[i];
    }
    const double mean = sum_lanes(&sums) / (double)count;

    Sums squares = {0};
    for (size_t i = 0; i < whole; i += Lane) {
        const Sums distance = __builtin_convertvector(*(const Lanes *)(out + i), Sums) - mean;
        squares += distance * distance;
    }
    for (size_t i = whole; i < count; i++) squares[0] += ((double)out[i] - mean) * ((double)out[i] - mean);
    const float scale = (float)(1 / sqrt(sum_lanes(&squares) / (double)count + (double)epsilon));

    const float middle = (float)mean;
    for (size_t i = 0; i < whole; i += Lane) {
        const Lanes z = (*(const Lanes *)(out + i) - middle) * scale;
        *(Lanes *)(out + i) = z * *(const Lanes *)(weight + i) + *(const Lanes *)(bias + i);
    }
    for (size_t i = whole; i < count; i++) out[i] = (out[i] - middle) * scale * weight[i] + bias[i];
}

static void normalise_portable(
    const float *x, const float *added, const float *weight, const float *bias, float *out, size_t count,
    float epsilon) {
    normalise(x, added, weight, bias, out, count, epsilon);
}

#if defined(__x86_64__)
__attribute__((target("avx2,fma")))
static void normalise_avx2(
    const float *x, const float *added, const float *weight, const float *bias, float *out, size_t count,
    float epsilon) {
    normalise(x, added, weight, bias, out, count, epsilon);
}
#endif

void ckernels_layer_norm(
    const float *x, const float *added, const float *weight, const float *bias, float *out, size_t count,
    float epsilon, CKernelsPath path) {
    if (count == 0) return;
#if defined(__x86_64__)
    if (path == CKernelsPathAVX2 && ckernels_path() == CKernelsPathAVX2) {
        normalise_avx2(x, added, weight, bias, out, count, epsilon);
        return;
    }
#endif
    // Every 64-bit ARM compiler makes vectors of the portable one.
    (void)path;
    normalise_portable(x, added, weight, bias, out, count, epsilon);
}
