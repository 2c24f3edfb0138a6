#include "blocks_256.h"
#include "blocks_256_avx2.h"

// Q6_K, 210 bytes: 128 bytes of the lower four bits, 64 bytes of the upper two, 16 signed scales for parts of 16, a
// Float16. The middle of the codes is 32. 64 bytes of lower bits and 32 of upper bits make 128 numbers.
enum { block_bytes = 210, upper_start = 128, scale_start = 192, middle = 32 };

static void read_block(const uint8_t *restrict block, PlainBlock256 *restrict plain) {
    plain->scale = float16_256(block + 208);
    plain->offset_scale = 0;
    for (int part = 0; part < 16; part++) {
        plain->part_scale[part] = (int8_t)block[scale_start + part];
        plain->part_offset[part] = 0;
    }
    for (int group = 0; group < 8; group++) {
        const uint8_t *lower = block + group / 4 * 64 + group % 2 * 32;
        const uint8_t *upper = block + upper_start + group / 4 * 32;
        const int lower_shift = group % 4 / 2 * 4, upper_shift = group % 4 * 2;
        for (int i = 0; i < 32; i++) {
            const int code = (lower[i] >> lower_shift & 15) | (upper[i] >> upper_shift & 3) << 4;
            plain->code[group * 32 + i] = (int8_t)(code - middle);
        }
    }
}

#if defined(__x86_64__)

AVX2_INLINE void block_product(
    const uint8_t *bytes, const Activations256 *activations, size_t block, __m256 *sum, size_t count
) {
    const __m256i four_bits = _mm256_set1_epi8(15), upper_bits = _mm256_set1_epi8(48);
    const __m128i parts = load_16(bytes + scale_start);
    const __m256i scales = part_scales_apart(parts);
    __m256i whole[4];
    for (size_t c = 0; c < count; c++) whole[c] = _mm256_setzero_si256();
    for (int half = 0; half < 2; half++) {
        const __m256i first = load_32(bytes + half * 64), second = load_32(bytes + half * 64 + 32);
        const __m256i upper = load_32(bytes + upper_start + half * 32);
        const __m256i high_first = _mm256_srli_epi16(first, 4), high_second = _mm256_srli_epi16(second, 4);
        const __m256i codes[4] = {
            _mm256_or_si256(
                _mm256_and_si256(first, four_bits), _mm256_and_si256(_mm256_slli_epi16(upper, 4), upper_bits)),
            _mm256_or_si256(
                _mm256_and_si256(second, four_bits), _mm256_and_si256(_mm256_slli_epi16(upper, 2), upper_bits)),
            _mm256_or_si256(_mm256_and_si256(high_first, four_bits), _mm256_and_si256(upper, upper_bits)),
            _mm256_or_si256(
                _mm256_and_si256(high_second, four_bits),
                _mm256_and_si256(_mm256_srli_epi16(upper, 2), upper_bits)),
        };
        for (int quarter = 0; quarter < 4; quarter++) {
            const __m256i part_scales = repeat_16(scales, half * 4 + quarter);
            for (size_t c = 0; c < count; c++) {
                const int8_t *q = codes_256(activations, c, block) + half * 128 + quarter * 32;
                whole[c] = _mm256_add_epi32(whole[c], scaled_products(codes[quarter], q, part_scales));
            }
        }
    }
    // Codes were taken as 0...63; the middle is taken away through the sums of the activations.
    const __m256i offsets = _mm256_cvtepi8_epi16(parts);
    for (size_t c = 0; c < count; c++) {
        const __m256i offset = _mm256_madd_epi16(offsets, load_32(sums_256(activations, c, block)));
        whole[c] = _mm256_sub_epi32(whole[c], _mm256_slli_epi32(offset, 5));
        sum[c] = add_block(sum[c], whole[c], float16_avx2(bytes + 208), scale_256(activations, c, block));
    }
}

ROWS_KERNELS_256(kernels, block_product, block_bytes)

AVX2 static void unpack_avx2(const uint8_t *block, float *out, size_t count) {
    const __m256i four_bits = _mm256_set1_epi32(15), upper_bits = _mm256_set1_epi32(48);
    for (size_t start = 0; start < count; start += 256, block += block_bytes, out += 256) {
        float scales[16];
        signed_scales_avx2(load_16(block + scale_start), float16_avx2(block + 208), scales);
        for (int half = 0; half < 2; half++) {
            for (int i = 0; i < 32; i += 8) {
                const __m256i first = widen_8(block + half * 64 + i), second = widen_8(block + half * 64 + 32 + i);
                const __m256i upper = _mm256_slli_epi32(widen_8(block + upper_start + half * 32 + i), 4);
                const __m256i lower[4] = {
                    _mm256_and_si256(first, four_bits), _mm256_and_si256(second, four_bits),
                    _mm256_srli_epi32(first, 4), _mm256_srli_epi32(second, 4),
                };
                for (int quarter = 0; quarter < 4; quarter++) {
                    const __m256i two = _mm256_and_si256(_mm256_srli_epi32(upper, quarter * 2), upper_bits);
                    const __m256i code = _mm256_sub_epi32(_mm256_or_si256(lower[quarter], two), _mm256_set1_epi32(32));
                    const float scale = scales[half * 8 + quarter * 2 + i / 16];
                    _mm256_storeu_ps(
                        out + half * 128 + quarter * 32 + i,
                        _mm256_mul_ps(_mm256_set1_ps(scale), _mm256_cvtepi32_ps(code)));
                }
            }
        }
    }
}

#endif

BLOCK_KERNELS_256(q6_K)
