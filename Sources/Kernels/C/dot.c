#include "CKernels.h"

// Four sums keep four additions in flight; one sum would wait for each addition before the next.
static float dot_portable(const float *a, const float *b, size_t count) {
    float sum0 = 0, sum1 = 0, sum2 = 0, sum3 = 0;
    size_t i = 0;
    for (; i + 4 <= count; i += 4) {
        sum0 += a[i] * b[i];
        sum1 += a[i + 1] * b[i + 1];
        sum2 += a[i + 2] * b[i + 2];
        sum3 += a[i + 3] * b[i + 3];
    }
    float sum = (sum0 + sum1) + (sum2 + sum3);
    for (; i < count; i++) sum += a[i] * b[i];
    return sum;
}

#if defined(__x86_64__)

#include <immintrin.h>

// Built for AVX2 although the file is not: only called after `ckernels_path` found it.
__attribute__((target("avx2,fma")))
static float dot_avx2(const float *a, const float *b, size_t count) {
    __m256 sum0 = _mm256_setzero_ps(), sum1 = sum0, sum2 = sum0, sum3 = sum0;
    size_t i = 0;
    for (; i + 32 <= count; i += 32) {
        sum0 = _mm256_fmadd_ps(_mm256_loadu_ps(a + i), _mm256_loadu_ps(b + i), sum0);
        sum1 = _mm256_fmadd_ps(_mm256_loadu_ps(a + i + 8), _mm256_loadu_ps(b + i + 8), sum1);
        sum2 = _mm256_fmadd_ps(_mm256_loadu_ps(a + i + 16), _mm256_loadu_ps(b + i + 16), sum2);
        sum3 = _mm256_fmadd_ps(_mm256_loadu_ps(a + i + 24), _mm256_loadu_ps(b + i + 24), sum3);
    }
    for (; i + 8 <= count; i += 8) {
        sum0 = _mm256_fmadd_ps(_mm256_loadu_ps(a + i), _mm256_loadu_ps(b + i), sum0);
    }
    const __m256 wide = _mm256_add_ps(_mm256_add_ps(sum0, sum1), _mm256_add_ps(sum2, sum3));
    __m128 four = _mm_add_ps(_mm256_castps256_ps128(wide), _mm256_extractf128_ps(wide, 1));
    four = _mm_add_ps(four, _mm_movehl_ps(four, four));
    four = _mm_add_ss(four, _mm_movehdup_ps(four));
    float sum = _mm_cvtss_f32(four);
    for (; i < count; i++) sum += a[i] * b[i];
    return sum;
}

#elif defined(__aarch64__)

#include <arm_neon.h>

static float dot_neon(const float *a, const float *b, size_t count) {
    float32x4_t sum0 = vdupq_n_f32(0), sum1 = sum0, sum2 = sum0, sum3 = sum0;
    size_t i = 0;
    for (; i + 16 <= count; i += 16) {
        sum0 = vfmaq_f32(sum0, vld1q_f32(a + i), vld1q_f32(b + i));
        sum1 = vfmaq_f32(sum1, vld1q_f32(a + i + 4), vld1q_f32(b + i + 4));
        sum2 = vfmaq_f32(sum2, vld1q_f32(a + i + 8), vld1q_f32(b + i + 8));
        sum3 = vfmaq_f32(sum3, vld1q_f32(a + i + 12), vld1q_f32(b + i + 12));
    }
    for (; i + 4 <= count; i += 4) {
        sum0 = vfmaq_f32(sum0, vld1q_f32(a + i), vld1q_f32(b + i));
    }
    float sum = vaddvq_f32(vaddq_f32(vaddq_f32(sum0, sum1), vaddq_f32(sum2, sum3)));
    for (; i < count; i++) sum += a[i] * b[i];
    return sum;
}

#endif

CKernelsPath ckernels_path(void) {
#if defined(__x86_64__)
    // The answer covers the operating system too: without saved AVX registers it is "no". Every processor with AVX2
    // converts half numbers, yet a virtual one may hide it.
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") && __builtin_cpu_supports("f16c")) {
        return CKernelsPathAVX2;
    }
    return CKernelsPathPortable;
#elif defined(__aarch64__)
    return CKernelsPathNEON;  // part of every 64-bit ARM processor
#else
    return CKernelsPathPortable;
#endif
}

float ckernels_dot(const float *a, const float *b, size_t count, CKernelsPath path) {
#if defined(__x86_64__)
    if (path == CKernelsPathAVX2 && ckernels_path() == CKernelsPathAVX2) return dot_avx2(a, b, count);
#elif defined(__aarch64__)
    if (path == CKernelsPathNEON) return dot_neon(a, b, count);
#endif
    return dot_portable(a, b, count);
}
