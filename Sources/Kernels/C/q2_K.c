#include "blocks_256.h"
#include "blocks_256_avx2.h"

// Q2_K, 84 bytes: 16 bytes for parts of 16 (scale in the lower half, offset in the upper), 64 bytes of 2-bit codes, two
// Float16 (scale, offset scale). 32 bytes hold 128 numbers, number j + 32 k in quarter k of byte j.
enum { block_bytes = 84, code_start = 16 };

static void read_block(const uint8_t *restrict block, PlainBlock256 *restrict plain) {
    plain->scale = float16_256(block + 80);
    plain->offset_scale = float16_256(block + 82);
    for (int part = 0; part < 16; part++) {
        plain->part_scale[part] = block[part] & 15;
        plain->part_offset[part] = block[part] >> 4;
    }
    for (int group = 0; group < 8; group++) {
        const uint8_t *bytes = block + code_start + group / 4 * 32;
        const int shift = group % 4 * 2;
        for (int i = 0; i < 32; i++) plain->code[group * 32 + i] = bytes[i] >> shift & 3;
    }
}

#if defined(__x86_64__)

/// Scale and offset scale, behind the codes; what follows them here is of no meaning.
AVX2_INLINE __m128 both_scales(const uint8_t *block) {
    return _mm_cvtph_ps(_mm_loadu_si32(block + 80));
}

AVX2_INLINE void block_product(
    const uint8_t *bytes, const Activations256 *activations, size_t block, __m256 *sum, size_t count
) {
    const __m256i two_bits = _mm256_set1_epi8(3);
    const __m128i parts = load_16(bytes);
    const __m256i scales = part_scales_apart(_mm_and_si128(parts, _mm_set1_epi8(15)));
    __m256i whole[4];
    for (size_t c = 0; c < count; c++) whole[c] = _mm256_setzero_si256();
    for (int group = 0; group < 8; group++) {
        const __m256i packed = load_32(bytes + code_start + group / 4 * 32);
        const __m256i codes = _mm256_and_si256(_mm256_srli_epi16(packed, group % 4 * 2), two_bits);
        const __m256i group_scales = repeat_16(scales, group);
        for (size_t c = 0; c < count; c++) {
            const int8_t *q = codes_256(activations, c, block) + group * 32;
            whole[c] = _mm256_add_epi32(whole[c], scaled_products(codes, q, group_scales));
        }
    }
    const __m256i offsets = _mm256_srli_epi16(_mm256_cvtepu8_epi16(parts), 4);
    for (size_t c = 0; c < count; c++) {
        const __m256i offset = _mm256_madd_epi16(offsets, load_32(sums_256(activations, c, block)));
        sum[c] = add_block_with_offsets(
            sum[c], whole[c], offset, both_scales(bytes), scale_256(activations, c, block));
    }
}

ROWS_KERNELS_256(kernels, block_product, block_bytes)

AVX2 static void unpack_avx2(const uint8_t *block, float *out, size_t count) {
    const __m256i two_bits = _mm256_set1_epi32(3);
    for (size_t start = 0; start < count; start += 256, block += block_bytes, out += 256) {
        float scales[16], offsets[16];
        const __m128i parts = load_16(block), four_bits = _mm_set1_epi8(15);
        const __m128 both = both_scales(block);
        signed_scales_avx2(_mm_and_si128(parts, four_bits), _mm_cvtss_f32(both), scales);
        const __m128i upper = _mm_and_si128(_mm_srli_epi16(parts, 4), four_bits);
        signed_scales_avx2(upper, _mm_cvtss_f32(_mm_movehdup_ps(both)), offsets);
        for (int i = 0; i < 64; i += 8) {
            const __m256i bytes = widen_8(block + code_start + i);
            const int start_of_32 = i / 32 * 128 + i % 32;
            for (int quarter = 0; quarter < 4; quarter++) {
                const __m256i code = _mm256_and_si256(_mm256_srli_epi32(bytes, quarter * 2), two_bits);
                const int place = start_of_32 + quarter * 32;
                store_scaled(out + place, scales[place / 16], code, offsets[place / 16]);
            }
        }
    }
}

#endif

BLOCK_KERNELS_256(q2_K)
