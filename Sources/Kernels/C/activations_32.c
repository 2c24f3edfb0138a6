#include "blocks_32.h"
#include "blocks_32_avx2.h"
#include "blocks_32_neon.h"

#include <float.h>
#include <string.h>

#include "CKernelsLayer.h"

// Rounding of activations to 8 bits in blocks of 32, as Q8_0 and Q8_1 of ggml: scale = most |x| / 127, q = x / scale to
// the nearest whole number, even in the middle. What is stored is the scale rounded to Float16, and scale * sum of q
// with the scale as it was, rounded to Float16. Every path gives the same bits.

/// What the most |x| of a block decides. A factor of 0 means that all q are 0: numbers too small to divide by, and
/// those that are infinite or none, which the scale then hands on.
typedef struct {
    float scale, factor;
} Rounding32;

static Rounding32 rounding_of(float most) {
    const float scale = most / 127.0f;
    return (Rounding32){scale, scale >= FLT_MIN && scale <= FLT_MAX ? 1.0f / scale : 0.0f};
}

static float through_float16(float number) {
    uint16_t half;
    ckernels_to_half(&number, &half, 1, CKernelsPathPortable);
    ckernels_from_half(&half, &number, 1, CKernelsPathPortable);
    return number;
}

/// Writes 32 q and returns their sum.
typedef int32_t RoundBlock32(const float *x, int8_t *q, float *scale);

static int32_t round_portable(const float *x, int8_t *q, float *scale) {
    // Without their sign, floats are in the order of their bits; what is no number comes last and is not overlooked.
    uint32_t most_bits = 0;
    for (int i = 0; i < 32; i++) {
        uint32_t bits;
        memcpy(&bits, x + i, sizeof bits);
        bits &= 0x7fffffff;
        if (bits > most_bits) most_bits = bits;
    }
    float most;
    memcpy(&most, &most_bits, sizeof most);
    const Rounding32 rounding = rounding_of(most);
    *scale = rounding.scale;
    memset(q, 0, 32);
    if (rounding.factor == 0) return 0;
    int32_t sum = 0;
    for (int i = 0; i < 32; i++) {
        // Adding 1.5 * 2^23 puts the last place at 1, so that the addition itself rounds to nearest even.
        const float scaled = x[i] * rounding.factor;
        const float shifted = scaled + 0x1.8p23f;
        q[i] = (int8_t)(shifted - 0x1.8p23f);
        sum += q[i];
    }
    return sum;
}

#if defined(__x86_64__)

AVX2 static int32_t round_own(const float *x, int8_t *q, float *scale) {
    const __m256i without_sign = _mm256_set1_epi32(0x7fffffff);
    __m256i most = _mm256_setzero_si256();
    for (int i = 0; i < 32; i += 8) {
        const __m256i bits = _mm256_loadu_si256((const __m256i *)(x + i));
        most = _mm256_max_epi32(most, _mm256_and_si256(bits, without_sign));
    }
    most = _mm256_max_epi32(most, _mm256_permute2x128_si256(most, most, 1));
    most = _mm256_max_epi32(most, _mm256_shuffle_epi32(most, 0x4e));
    most = _mm256_max_epi32(most, _mm256_shuffle_epi32(most, 0xb1));
    const Rounding32 rounding = rounding_of(_mm256_cvtss_f32(_mm256_castsi256_ps(most)));
    *scale = rounding.scale;
    memset(q, 0, 32);
    if (rounding.factor == 0) return 0;
    const __m256 factor = _mm256_set1_ps(rounding.factor);
    __m256i whole[4], sum = _mm256_setzero_si256();
    for (int i = 0; i < 4; i++) {
        whole[i] = _mm256_cvtps_epi32(_mm256_mul_ps(factor, _mm256_loadu_ps(x + i * 8)));
        sum = _mm256_add_epi32(sum, whole[i]);
    }
    const __m256i bytes = _mm256_packs_epi16(
        _mm256_packs_epi32(whole[0], whole[1]), _mm256_packs_epi32(whole[2], whole[3]));
    const __m256i in_order = _mm256_permutevar8x32_epi32(bytes, _mm256_setr_epi32(0, 4, 1, 5, 2, 6, 3, 7));
    _mm256_storeu_si256((__m256i *)q, in_order);
    __m128i four = _mm_add_epi32(_mm256_castsi256_si128(sum), _mm256_extracti128_si256(sum, 1));
    four = _mm_add_epi32(four, _mm_shuffle_epi32(four, 0x4e));
    return _mm_cvtsi128_si32(_mm_add_epi32(four, _mm_shuffle_epi32(four, 0xb1)));
}

#elif defined(__aarch64__)

static int32_t round_own(const float *x, int8_t *q, float *scale) {
    uint32x4_t most_bits = vdupq_n_u32(0);
    for (int i = 0; i < 32; i += 4) {
        const uint32x4_t bits = vreinterpretq_u32_f32(vabsq_f32(vld1q_f32(x + i)));
        most_bits = vmaxq_u32(most_bits, bits);
    }
    const uint32_t most = vmaxvq_u32(most_bits);
    float size;
    memcpy(&size, &most, sizeof size);
    const Rounding32 rounding = rounding_of(size);
    *scale = rounding.scale;
    memset(q, 0, 32);
    if (rounding.factor == 0) return 0;
    int32x4_t sum = vdupq_n_s32(0);
    for (int i = 0; i < 32; i += 8) {
        const int32x4_t first = vcvtnq_s32_f32(vmulq_n_f32(vld1q_f32(x + i), rounding.factor));
        const int32x4_t second = vcvtnq_s32_f32(vmulq_n_f32(vld1q_f32(x + i + 4), rounding.factor));
        vst1_s8(q + i, vmovn_s16(vcombine_s16(vmovn_s32(first), vmovn_s32(second))));
        sum = vaddq_s32(sum, vaddq_s32(first, second));
    }
    return vaddvq_s32(sum);
}

#else
#define round_own round_portable
#endif

void ckernels_pack_32(const float *x, void *out, size_t length, CKernelsPath path) {
    RoundBlock32 *const round = path == CKernelsPathPortable ? round_portable : round_own;
    const size_t blocks = length / 32;
    int8_t *q = out;
    float *scales = (float *)(q + length), *scaled_sums = scales + blocks;
    int32_t *sums = (int32_t *)(scaled_sums + blocks);
    for (size_t block = 0; block < blocks; block++) {
        float scale;
        const int32_t sum = round(x + block * 32, q + block * 32, &scale);
        scales[block] = through_float16(scale);
        scaled_sums[block] = through_float16(scale * (float)sum);
        sums[block] = sum;
    }
}
