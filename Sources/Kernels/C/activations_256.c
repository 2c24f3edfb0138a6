#include "blocks_256.h"
#include "blocks_256_avx2.h"

#include <string.h>

// Rounds activations to 8-bit integers as ggml's Q8_K does: the number of the largest magnitude in a block of 256
// becomes -127 and its scale has the opposite sign. Halves go to the even neighbour.
//
// A block whose numbers are all so small that -127 / largest is not finite counts as zero; one with a number that is
// not finite gets the scale NaN, so that the fault shows in every product.

/// What the largest magnitude of a block decides: q = round(factor * x), x = scale * q about.
typedef struct {
    float factor, scale;
} Rounding256;

static Rounding256 rounding_of(float largest) {
    const float factor = -127 / largest;  // largest 0 gives an infinity
    if (largest - largest != 0) return (Rounding256){0, __builtin_nanf("")};
    if (factor - factor != 0) return (Rounding256){0, 0};
    return (Rounding256){factor, 1 / factor};
}

static uint32_t magnitude_bits(float x) {
    uint32_t bits;
    memcpy(&bits, &x, sizeof bits);
    return bits & 0x7fffffff;  // ordered as magnitudes are, with NaN above all
}

/// The first of the numbers with the largest magnitude.
static float largest_portable(const float *x) {
    uint32_t most = 0;
    for (int i = 0; i < 256; i++) most = magnitude_bits(x[i]) > most ? magnitude_bits(x[i]) : most;
    int first = 0;
    while (magnitude_bits(x[first]) != most) first++;
    return x[first];
}

static void round_portable(const float *restrict x, float factor, int8_t *restrict q, int16_t *restrict sums) {
    for (int part = 0; part < 16; part++) {
        int sum = 0;
        for (int i = part * 16; i < part * 16 + 16; i++) {
            const float scaled = factor * x[i];
            // Adding 1.5 * 2^23 leaves no bits behind the point: it rounds, halves to even.
            const float shifted = scaled + 0x1.8p23f;
            q[i] = (int8_t)(shifted - 0x1.8p23f);
            sum += q[i];
        }
        sums[part] = (int16_t)sum;
    }
}

#if defined(__x86_64__)

/// The first of the numbers with the largest magnitude.
AVX2 static float largest_avx2(const float *x) {
    const __m256i without_sign = _mm256_set1_epi32(0x7fffffff);
    __m256i most = _mm256_setzero_si256();
    for (int i = 0; i < 256; i += 8) {
        most = _mm256_max_epi32(most, _mm256_and_si256(load_32(x + i), without_sign));
    }
    most = _mm256_max_epi32(most, _mm256_permute2x128_si256(most, most, 1));
    most = _mm256_max_epi32(most, _mm256_shuffle_epi32(most, 0x4e));
    most = _mm256_max_epi32(most, _mm256_shuffle_epi32(most, 0xb1));
    for (int i = 0; i < 256; i += 8) {
        const __m256i equal = _mm256_cmpeq_epi32(most, _mm256_and_si256(load_32(x + i), without_sign));
        const int places = _mm256_movemask_ps(_mm256_castsi256_ps(equal));
        if (places != 0) return x[i + __builtin_ctz((unsigned)places)];
    }
    return 0;
}

/// 32 numbers times `factor` as bytes.
AVX2_INLINE __m256i rounded_32(const float *x, __m256 factor) {
    const __m256i a = _mm256_cvtps_epi32(_mm256_mul_ps(factor, _mm256_loadu_ps(x)));
    const __m256i b = _mm256_cvtps_epi32(_mm256_mul_ps(factor, _mm256_loadu_ps(x + 8)));
    const __m256i c = _mm256_cvtps_epi32(_mm256_mul_ps(factor, _mm256_loadu_ps(x + 16)));
    const __m256i d = _mm256_cvtps_epi32(_mm256_mul_ps(factor, _mm256_loadu_ps(x + 24)));
    const __m256i bytes = _mm256_packs_epi16(_mm256_packs_epi32(a, b), _mm256_packs_epi32(c, d));
    return _mm256_permutevar8x32_epi32(bytes, _mm256_setr_epi32(0, 4, 1, 5, 2, 6, 3, 7));
}

/// Sums of the 16 bytes in the lower and in the upper half, at places `part` and `part + 1` of `sums`.
AVX2_INLINE void store_sums(__m256i bytes, int16_t *sums) {
    const __m256i twos = _mm256_maddubs_epi16(_mm256_set1_epi8(1), bytes);
    const __m256i fours = _mm256_madd_epi16(twos, _mm256_set1_epi16(1));
    const __m256i eights = _mm256_hadd_epi32(fours, fours);
    const __m256i all = _mm256_hadd_epi32(eights, eights);
    sums[0] = (int16_t)_mm256_extract_epi32(all, 0);
    sums[1] = (int16_t)_mm256_extract_epi32(all, 4);
}

AVX2 static void round_avx2(const float *x, float factor, int8_t *q, int16_t *sums) {
    for (int i = 0; i < 256; i += 32) {
        const __m256i bytes = rounded_32(x + i, _mm256_set1_ps(factor));
        _mm256_storeu_si256((__m256i *)(q + i), bytes);
        store_sums(bytes, sums + i / 16);
    }
}

#endif

static float largest(const float *x, CKernelsPath path) {
#if defined(__x86_64__)
    if (path == CKernelsPathAVX2) return largest_avx2(x);
#endif
    return largest_portable(x);
}

static void round_block(const float *x, float factor, int8_t *q, int16_t *sums, CKernelsPath path) {
#if defined(__x86_64__)
    if (path == CKernelsPathAVX2) return round_avx2(x, factor, q, sums);
#endif
    round_portable(x, factor, q, sums);
}

void ckernels_pack_256(const float *x, void *out, size_t length, CKernelsPath path) {
    const size_t blocks = length / 256;
    int8_t *q = out;
    float *scales = (float *)(q + length);
    int16_t *sums = (int16_t *)(scales + blocks);
    for (size_t block = 0; block < blocks; block++, x += 256, q += 256, sums += 16) {
        const Rounding256 rounding = rounding_of(largest(x, path));
        scales[block] = rounding.scale;
        if (rounding.factor == 0) {
            memset(q, 0, 256);
            memset(sums, 0, 16 * sizeof *sums);
        } else {
            round_block(x, rounding.factor, q, sums, path);
        }
    }
}
