#include "blocks_256.h"
#include "blocks_256_avx2.h"

// Q4_K, 144 bytes: two Float16 (scale, offset scale), 12 bytes of six-bit scales and offsets for parts of 32, and 128
// bytes of 4-bit codes: 32 bytes hold 64 numbers, the first 32 in the lower halves.
enum { block_bytes = 144, code_start = 16 };

static void read_block(const uint8_t *restrict block, PlainBlock256 *restrict plain) {
    plain->scale = float16_256(block);
    plain->offset_scale = float16_256(block + 2);
    six_bit_pairs_256(block + 4, plain);
    for (int part = 0; part < 8; part += 2) {
        const uint8_t *bytes = block + code_start + part * 16;
        for (int i = 0; i < 32; i++) {
            plain->code[part * 32 + i] = bytes[i] & 15;
            plain->code[part * 32 + 32 + i] = bytes[i] >> 4;
        }
    }
}

#if defined(__x86_64__)

AVX2_INLINE void block_product(
    const uint8_t *bytes, const Activations256 *activations, size_t block, __m256 *sum, size_t count
) {
    const __m256i four_bits = _mm256_set1_epi8(15);
    const __m128i header = load_16(bytes);
    const __m128i pairs = six_bit_pairs_avx2(header);
    const __m256i scales = _mm256_broadcastsi128_si256(_mm_cvtepu8_epi16(pairs));
    __m256i whole[4];
    for (size_t c = 0; c < count; c++) whole[c] = _mm256_setzero_si256();
    for (int part = 0; part < 8; part += 2) {
        const __m256i packed = load_32(bytes + code_start + part * 16);
        const __m256i low = _mm256_and_si256(packed, four_bits);
        const __m256i high = _mm256_and_si256(_mm256_srli_epi16(packed, 4), four_bits);
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
    for (size_t start = 0; start < count; start += 256, block += block_bytes, out += 256) {
        float scale[8], offset[8];
        six_bit_scales_avx2(load_16(block), scale, offset);
        for (int part = 0; part < 8; part += 2) {
            for (int i = 0; i < 32; i += 8) {
                const __m256i bytes = widen_8(block + code_start + part * 16 + i);
                const __m256i low = _mm256_and_si256(bytes, _mm256_set1_epi32(15));
                store_scaled(out + part * 32 + i, scale[part], low, offset[part]);
                store_scaled(out + part * 32 + 32 + i, scale[part + 1], _mm256_srli_epi32(bytes, 4), offset[part + 1]);
            }
        }
    }
}

#endif

BLOCK_KERNELS_256(q4_K)
