#include "blocks_256.h"
#include "blocks_256_avx2.h"

// Q5_K, 176 bytes: as Q4_K, with 32 bytes of fifth bits before the codes. Bit k of fifth-bit byte j is for number
// 32 k + j.
enum { block_bytes = 176, fifth_start = 16, code_start = 48 };

static void read_block(const uint8_t *restrict block, PlainBlock256 *restrict plain) {
    plain->scale = float16_256(block);
    plain->offset_scale = float16_256(block + 2);
    six_bit_pairs_256(block + 4, plain);
    for (int part = 0; part < 8; part += 2) {
        const uint8_t *bytes = block + code_start + part * 16;
        for (int i = 0; i < 32; i++) {
            const int fifths = block[fifth_start + i] >> part;
            plain->code[part * 32 + i] = (int8_t)((bytes[i] & 15) | (fifths & 1) << 4);
            plain->code[part * 32 + 32 + i] = (int8_t)(bytes[i] >> 4 | (fifths & 2) << 3);
        }
    }
}

#if defined(__x86_64__)

/// Bit `part` of every byte, as bit 4. Bits that a shift takes from a neighbouring byte do not get there.
AVX2_INLINE __m256i fifth_bits(__m256i bytes, int part) {
    const __m256i moved = part < 4 ? _mm256_slli_epi16(bytes, 4 - part) : _mm256_srli_epi16(bytes, part - 4);
    return _mm256_and_si256(moved, _mm256_set1_epi8(16));
}

AVX2_INLINE void block_product(
    const uint8_t *bytes, const Activations256 *activations, size_t block, __m256 *sum, size_t count
) {
    const __m256i four_bits = _mm256_set1_epi8(15);
    const __m128i header = load_16(bytes);
    const __m128i pairs = six_bit_pairs_avx2(header);
    const __m256i scales = _mm256_broadcastsi128_si256(_mm_cvtepu8_epi16(pairs));
    const __m256i fifths = load_32(bytes + fifth_start);
    __m256i whole[4];
    for (size_t c = 0; c < count; c++) whole[c] = _mm256_setzero_si256();
    for (int part = 0; part < 8; part += 2) {
        const __m256i packed = load_32(bytes + code_start + part * 16);
        const __m256i low_four = _mm256_and_si256(packed, four_bits);
        const __m256i high_four = _mm256_and_si256(_mm256_srli_epi16(packed, 4), four_bits);
        const __m256i low = _mm256_or_si256(low_four, fifth_bits(fifths, part));
        const __m256i high = _mm256_or_si256(high_four, fifth_bits(fifths, part + 1));
        const __m256i low_scale = repeat_16(scales, part);
        const __m256i high_scale = repeat_16(scales, part + 1);
        for (size_t c = 0; c < count; c++) {
            const int8_t *q = codes_256(activations, c, block) + part * 32;
            whole[c] = _mm256_add_epi32(whole[c], scaled_products(low, q, low_scale));
            whole[c] = _mm256_add_epi32(whole[c], scaled_products(high, q + 32, high_scale));
        }
    }
    const __m256i offsets = six_bit_offsets_avx2(pairs);
    for (size_t c = 0; c < count; c++) {
        const __m256i offset = _mm256_madd_epi16(offsets, load_32(sums_256(activations, c, block)));
        sum[c] = add_block_with_offsets(
            sum[c], whole[c], offset, _mm_cvtph_ps(header), scale_256(activations, c, block));
    }
}

ROWS_KERNELS_256(kernels, block_product, block_bytes)

AVX2 static void unpack_avx2(const uint8_t *block, float *out, size_t count) {
    const __m256i four_bits = _mm256_set1_epi32(15), fifth_bit = _mm256_set1_epi32(16);
    for (size_t start = 0; start < count; start += 256, block += block_bytes, out += 256) {
        float scale[8], offset[8];
        six_bit_scales_avx2(load_16(block), scale, offset);
        for (int i = 0; i < 32; i += 8) {
            __m256i fifths = _mm256_slli_epi32(widen_8(block + fifth_start + i), 4);
            for (int part = 0; part < 8; part += 2) {
                const __m256i bytes = widen_8(block + code_start + part * 16 + i);
                const __m256i low_fifth = _mm256_and_si256(fifths, fifth_bit);
                const __m256i low = _mm256_or_si256(_mm256_and_si256(bytes, four_bits), low_fifth);
                const __m256i high_fifth = _mm256_and_si256(_mm256_srli_epi32(fifths, 1), fifth_bit);
                const __m256i high = _mm256_or_si256(_mm256_srli_epi32(bytes, 4), high_fifth);
                store_scaled(out + part * 32 + i, scale[part], low, offset[part]);
                store_scaled(out + part * 32 + 32 + i, scale[part + 1], high, offset[part + 1]);
                fifths = _mm256_srli_epi32(fifths, 2);
            }
        }
    }
}

#endif

BLOCK_KERNELS_256(q5_K)
