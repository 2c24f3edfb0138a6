#ifndef CKERNELS_EXPONENTIAL_H
#define CKERNELS_EXPONENTIAL_H

// e to the power of eight or four numbers at once; on a path without vectors `expf` does the same.
//
// exp(x) = 2^n * exp(r) with n = round(x / ln 2), so |r| <= ln 2 / 2 and a polynomial of degree 7 suffices (the
// coefficients are those of Cephes' expf). The relative error stays below 1.2e-7 where the result is a normal number;
// smaller results round once more, to the nearest subnormal number, then to 0. Above 88.73 the answer is infinity, and
// a NaN stays one.

// exp(EXPONENTIAL_LOWEST) is less than half the smallest subnormal number, exp(EXPONENTIAL_HIGHEST) overflows.
#define EXPONENTIAL_LOWEST (-104.0f)
#define EXPONENTIAL_HIGHEST 89.0f
#define EXPONENTIAL_PER_LN2 0x1.715476p+0f
// ln 2 in two parts: the second is what the first, a Float, leaves out.
#define EXPONENTIAL_LN2 0x1.62e430p-1f
#define EXPONENTIAL_LN2_REST (-0x1.05c610p-29f)
#define EXPONENTIAL_C2 5.0000001201e-1f
#define EXPONENTIAL_C3 1.6666665459e-1f
#define EXPONENTIAL_C4 4.1665795894e-2f
#define EXPONENTIAL_C5 8.3334519073e-3f
#define EXPONENTIAL_C6 1.3981999507e-3f
#define EXPONENTIAL_C7 1.9875691500e-4f

#if defined(__x86_64__)

#include <immintrin.h>

__attribute__((target("avx2,fma"), always_inline))
static inline __m256 exponential_avx2(__m256 x) {
    // Both give their second operand when one is a NaN.
    x = _mm256_min_ps(_mm256_set1_ps(EXPONENTIAL_HIGHEST), x);
    x = _mm256_max_ps(_mm256_set1_ps(EXPONENTIAL_LOWEST), x);
    const __m256 n = _mm256_round_ps(
        _mm256_mul_ps(x, _mm256_set1_ps(EXPONENTIAL_PER_LN2)), _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC);
    __m256 r = _mm256_fnmadd_ps(n, _mm256_set1_ps(EXPONENTIAL_LN2), x);
    r = _mm256_fnmadd_ps(n, _mm256_set1_ps(EXPONENTIAL_LN2_REST), r);
    __m256 p = _mm256_set1_ps(EXPONENTIAL_C7);
    p = _mm256_fmadd_ps(p, r, _mm256_set1_ps(EXPONENTIAL_C6));
    p = _mm256_fmadd_ps(p, r, _mm256_set1_ps(EXPONENTIAL_C5));
    p = _mm256_fmadd_ps(p, r, _mm256_set1_ps(EXPONENTIAL_C4));
    p = _mm256_fmadd_ps(p, r, _mm256_set1_ps(EXPONENTIAL_C3));
    p = _mm256_fmadd_ps(p, r, _mm256_set1_ps(EXPONENTIAL_C2));
    p = _mm256_add_ps(_mm256_fmadd_ps(_mm256_mul_ps(r, r), p, r), _mm256_set1_ps(1));
    // 2^n in two factors, since n reaches from -150 to 128 and a Float's exponent only from -126 to 127.
    const __m256i whole = _mm256_cvtps_epi32(n);
    const __m256i part = _mm256_srai_epi32(whole, 1);
    const __m256i bias = _mm256_set1_epi32(127);
    const __m256i one = _mm256_slli_epi32(_mm256_add_epi32(part, bias), 23);
    const __m256i other = _mm256_slli_epi32(_mm256_add_epi32(_mm256_sub_epi32(whole, part), bias), 23);
    return _mm256_mul_ps(_mm256_mul_ps(p, _mm256_castsi256_ps(one)), _mm256_castsi256_ps(other));
}

#elif defined(__aarch64__)

#include <arm_neon.h>

static inline float32x4_t exponential_neon(float32x4_t x) {
    // On ARM both give NaN when one operand is a NaN.
    x = vminq_f32(x, vdupq_n_f32(EXPONENTIAL_HIGHEST));
    x = vmaxq_f32(x, vdupq_n_f32(EXPONENTIAL_LOWEST));
    const float32x4_t n = vrndnq_f32(vmulq_n_f32(x, EXPONENTIAL_PER_LN2));
    float32x4_t r = vfmsq_f32(x, n, vdupq_n_f32(EXPONENTIAL_LN2));
    r = vfmsq_f32(r, n, vdupq_n_f32(EXPONENTIAL_LN2_REST));
    float32x4_t p = vdupq_n_f32(EXPONENTIAL_C7);
    p = vfmaq_f32(vdupq_n_f32(EXPONENTIAL_C6), p, r);
    p = vfmaq_f32(vdupq_n_f32(EXPONENTIAL_C5), p, r);
    p = vfmaq_f32(vdupq_n_f32(EXPONENTIAL_C4), p, r);
    p = vfmaq_f32(vdupq_n_f32(EXPONENTIAL_C3), p, r);
    p = vfmaq_f32(vdupq_n_f32(EXPONENTIAL_C2), p, r);
    p = vaddq_f32(vfmaq_f32(r, vmulq_f32(r, r), p), vdupq_n_f32(1));
    const int32x4_t whole = vcvtq_s32_f32(n);
    const int32x4_t part = vshrq_n_s32(whole, 1);
    const int32x4_t bias = vdupq_n_s32(127);
    const int32x4_t one = vshlq_n_s32(vaddq_s32(part, bias), 23);
    const int32x4_t other = vshlq_n_s32(vaddq_s32(vsubq_s32(whole, part), bias), 23);
    return vmulq_f32(vmulq_f32(p, vreinterpretq_f32_s32(one)), vreinterpretq_f32_s32(other));
}

#endif

#endif
