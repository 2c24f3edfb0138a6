#include <string.h>

#include "CKernelsLayer.h"

// IEEE 754 binary16: 1 sign bit, 5 exponent bits (bias 15), 10 fraction bits. Every path gives the same bits: a NaN
// becomes quiet and keeps its sign and the upper bits of its fraction, as processors do it.

static uint32_t bits_of(float x) {
    uint32_t bits;
    memcpy(&bits, &x, sizeof bits);
    return bits;
}

static float float_of(uint32_t bits) {
    float x;
    memcpy(&x, &bits, sizeof x);
    return x;
}

static uint16_t to_half(float x) {
    const uint32_t bits = bits_of(x), size = bits & 0x7FFFFFFF;
    const uint16_t sign = (uint16_t)(bits >> 16 & 0x8000);
    if (size > 0x7F800000) return (uint16_t)(sign | 0x7E00 | (size >> 13 & 0x3FF));
    if (size >= 0x47800000) return sign | 0x7C00;  // 65536 and above
    if (size < 0x38800000) {
        // Below 2^-14, the smallest normal half. Adding 0.5 puts the halves' last place, 2^-24, at the last place of
        // the float sum (2^-1 * 2^-23), so that the addition itself rounds to nearest even.
        return sign | (uint16_t)(bits_of(float_of(size) + 0.5f) - 0x3F000000);
    }
    // Rebiased exponent (127 - 15 = 112), and rounding to nearest even of the 13 bits that fall off; a carry out of the
    // fraction rightly raises the exponent, from 65520 on to infinity.
    return sign | (uint16_t)((size - (112u << 23) + 0xFFF + (size >> 13 & 1)) >> 13);
}

static float from_half(uint16_t half) {
    const uint32_t sign = (uint32_t)(half & 0x8000) << 16, size = half & 0x7FFF;
    if (size > 0x7C00) return float_of(sign | 0x7FC00000 | size << 13);
    if (size == 0x7C00) return float_of(sign | 0x7F800000);
    if (size < 0x0400) return float_of(sign | bits_of((float)size * 0x1p-24f));  // subnormal: steps of 2^-24
    return float_of(sign | ((size << 13) + (112u << 23)));
}

static void to_half_portable(const float *x, uint16_t *out, size_t count) {
    for (size_t i = 0; i < count; i++) out[i] = to_half(x[i]);
}

static void from_half_portable(const uint16_t *x, float *out, size_t count) {
    for (size_t i = 0; i < count; i++) out[i] = from_half(x[i]);
}

#if defined(__x86_64__)

#include <immintrin.h>

__attribute__((target("avx2,f16c")))
static void to_half_avx2(const float *x, uint16_t *out, size_t count) {
    size_t i = 0;
    for (; i + 8 <= count; i += 8) {
        const __m128i halves = _mm256_cvtps_ph(_mm256_loadu_ps(x + i), _MM_FROUND_TO_NEAREST_INT);
        _mm_storeu_si128((__m128i *)(out + i), halves);
    }
    for (; i < count; i++) out[i] = to_half(x[i]);
}

__attribute__((target("avx2,f16c")))
static void from_half_avx2(const uint16_t *x, float *out, size_t count) {
    size_t i = 0;
    for (; i + 8 <= count; i += 8) {
        _mm256_storeu_ps(out + i, _mm256_cvtph_ps(_mm_loadu_si128((const __m128i *)(x + i))));
    }
    for (; i < count; i++) out[i] = from_half(x[i]);
}

#elif defined(__aarch64__)

#include <arm_neon.h>

static void to_half_neon(const float *x, uint16_t *out, size_t count) {
    size_t i = 0;
    for (; i + 4 <= count; i += 4) vst1_u16(out + i, vreinterpret_u16_f16(vcvt_f16_f32(vld1q_f32(x + i))));
    for (; i < count; i++) out[i] = to_half(x[i]);
}

static void from_half_neon(const uint16_t *x, float *out, size_t count) {
    size_t i = 0;
    for (; i + 4 <= count; i += 4) vst1q_f32(out + i, vcvt_f32_f16(vreinterpret_f16_u16(vld1_u16(x + i))));
    for (; i < count; i++) out[i] = from_half(x[i]);
}

#endif

void ckernels_to_half(const float *x, uint16_t *out, size_t count, CKernelsPath path) {
#if defined(__x86_64__)
    if (path == CKernelsPathAVX2 && ckernels_path() == CKernelsPathAVX2) {
        to_half_avx2(x, out, count);
        return;
    }
#elif defined(__aarch64__)
    if (path == CKernelsPathNEON) {
        to_half_neon(x, out, count);
        return;
    }
#endif
    to_half_portable(x, out, count);
}

void ckernels_from_half(const uint16_t *x, float *out, size_t count, CKernelsPath path) {
#if defined(__x86_64__)
    if (path == CKernelsPathAVX2 && ckernels_path() == CKernelsPathAVX2) {
        from_half_avx2(x, out, count);
        return;
    }
#elif defined(__aarch64__)
    if (path == CKernelsPathNEON) {
        from_half_neon(x, out, count);
        return;
    }
#endif
    from_half_portable(x, out, count);
}
