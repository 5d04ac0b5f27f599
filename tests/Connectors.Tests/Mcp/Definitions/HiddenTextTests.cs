using System.Globalization;
using System.Text;
using Gateway.Connectors.Mcp.Definitions;

namespace Gateway.Connectors.Tests.Mcp.Definitions;

public sealed class HiddenTextTests
{
    [Theory]
    [InlineData("Reads a file.\nReturns its text.\r\n\tUse `path`.")]
    [InlineData("Größe, naïve, Łódź, Đà Nẵng, İstanbul, ŵ e\u0301 ä")]
    [InlineData("Читает файл и возвращает его содержимое.")]
    [InlineData("Διαβάζει ένα αρχείο.")]
    [InlineData("يقرأ ملفًا ويُعيد محتواه، ٣ مرات؟")]
    [InlineData("این ابزار پرونده‌ها را می‌خواند. سال ۱۳۰۰ ه‍.ش")]
    [InlineData("یہ آلہ فائل پڑھتا ہے۔")]
    [InlineData("קורא קובץ ומחזיר את תוכנו: שָׁלוֹם")]
    [InlineData("यह फ़ाइल पढ़ता है। क्‍ष और क्‌ष")]
    [InlineData("ফাইল পড়ে: র‍্যাব, ক্‌ষ")]
    [InlineData("ශ්‍රී ලංකාව")]
    [InlineData("ഫയൽ വായിക്കുന്നു: അവന്‍")]
    [InlineData("อ่านไฟล์\u200bแล้วส่งคืน")]
    [InlineData("អាន\u200bឯកសារ")]
    [InlineData("ဖိုင်\u200bဖတ်")]
    [InlineData("ᠮᠣᠩᠭᠣᠯ ᠪᠢᠴᠢᠭ᠌")]
    [InlineData("读取文件。ファイルを読む。파일을 읽습니다.　全角")]
    [InlineData("✅ Done ⚠️ ↩︎ ☎️ 1️⃣ #️⃣ ©️ ❤️‍🔥 🏳️‍🌈 🏴‍☠️ 👩🏽‍🚀 👨‍👩‍👧‍👦 🇨🇭 👁️‍🗨️")]
    [InlineData("\U0001F3F4\U000E0067\U000E0062\U000E0073\U000E0063\U000E0074\U000E007F is Scotland")]
    [InlineData("\U0001FAFF and what comes in the next version: \U0001FADB")]
    [InlineData("a \u00A0b \u2003c – — … „“ «» 10 % ≤ ∑ 𝒜 ⠿")]
    [InlineData("؀١٢")]
    public void What_people_write_passes(string text) => Assert.False(HiddenText.IsIn(Encoding.UTF8.GetBytes(text), isName: false), text);

    [Theory]
    [InlineData("no\u200Bwidth")]
    [InlineData("no\u200Cwidth")]
    [InlineData("no\u200Dwidth")]
    [InlineData("\u200D")]
    [InlineData("می\u200C\u200Cخواند")]
    [InlineData("می\u200C\u200Dخواند")]
    [InlineData("ไ\u200B\u200Bท")]
    [InlineData("word\u2060joiner")]
    [InlineData("\uFEFFmark")]
    [InlineData("soft\u00ADhyphen")]
    [InlineData("left\u200Emark")]
    [InlineData("right\u200Fmark")]
    [InlineData("arabic\u061Cmark")]
    [InlineData("\u202Aembedded\u202C")]
    [InlineData("\u202Eoverride")]
    [InlineData("\u2066isolate\u2069")]
    [InlineData("\u2068isolate\u2069")]
    [InlineData("line\u2028end")]
    [InlineData("paragraph\u2029end")]
    [InlineData("function\u2061")]
    [InlineData("\uFFF9note\uFFFB")]
    [InlineData("filler\u3164")]
    [InlineData("filler\uFFA0")]
    [InlineData("filler\u115F")]
    [InlineData("joiner\u034F")]
    [InlineData("vowel\u17B4")]
    [InlineData("\uE000")]
    [InlineData("\U000F0000")]
    [InlineData("\U0010FFFD")]
    [InlineData("\uFFFE")]
    [InlineData("\uFDD0")]
    [InlineData("\U000E0FFF")]
    [InlineData("escape\u001B[2K")]
    [InlineData("back\b")]
    [InlineData("nul\0")]
    [InlineData("delete\u007F")]
    [InlineData("next\u0085line")]
    [InlineData("a\uFE0F")]
    [InlineData("1\uFE0F")]
    [InlineData("☎\uFE0F\uFE0F")]
    [InlineData("☎\uFE00")]
    [InlineData("葛\U000E0100")]
    [InlineData("😀\U000E0100\U000E0158")]
    [InlineData("\U0001F3F4\U000E0069\U000E0067\U000E006E\U000E006F\U000E0072\U000E0065\U000E007F")]
    [InlineData("a\U000E0067\U000E0062\U000E0073\U000E0063\U000E0074\U000E007F")]
    [InlineData("😀\u200Da")]
    [InlineData("a\u180B")]
    public void What_nobody_sees_is_found(string text) => Assert.True(HiddenText.IsIn(Encoding.UTF8.GetBytes(text), isName: false), text);

    [Fact]
    public void Text_in_tags_or_in_selectors_of_variants_is_found_whatever_it_spells()
    {
        for (var letter = 0; letter < 0x80; letter++)
        {
            Assert.True(IsIn("weather" + new Rune(0xE0000 + letter)));
        }

        for (var selector = 0xE0100; selector <= 0xE01EF; selector++)
        {
            Assert.True(IsIn("😀" + new Rune(selector)));
        }
    }

    [Fact]
    public void No_character_that_Unicode_says_may_be_ignored_passes_between_latin_letters()
    {
        int[] ignorable =
        [
            0xAD,
            0x34F,
            0x61C,
            .. Enumerable.Range(0x115F, 2),
            .. Enumerable.Range(0x17B4, 2),
            .. Enumerable.Range(0x180B, 5),
            .. Enumerable.Range(0x200B, 5),
            .. Enumerable.Range(0x202A, 5),
            .. Enumerable.Range(0x2060, 16),
            0x3164,
            .. Enumerable.Range(0xFE00, 16),
            0xFEFF,
            0xFFA0,
            .. Enumerable.Range(0xFFF0, 9),
            .. Enumerable.Range(0x1BCA0, 4),
            .. Enumerable.Range(0x1D173, 8),
            .. Enumerable.Range(0xE0000, 0x1000),
        ];
        Assert.All(ignorable, value => Assert.True(IsIn("a" + new Rune(value) + "b"), value.ToString("X", CultureInfo.InvariantCulture)));
    }

    [Fact]
    public void No_character_follows_itself_unseen()
    {
        string[] before = ["a", "م", "क", "☎", "ไ", "ᠮ", "1", "😀", " "];
        for (var value = 0x80; value <= 0x10FFFF; value++)
        {
            if (!Rune.IsValid(value) || Rune.GetUnicodeCategory(new Rune(value)) is not UnicodeCategory.Format)
            {
                continue;
            }

            var twice = new Rune(value).ToString() + new Rune(value);
            var isSign = value is (>= 0x600 and <= 0x605) or 0x6DD or 0x70F or 0x890 or 0x891 or 0x8E2 or 0x110BD or 0x110CD;
            Assert.All(before, text => Assert.True(isSign || IsIn(text + twice + text), value.ToString("X", CultureInfo.InvariantCulture)));
        }
    }

    [Theory]
    [InlineData("two\nlines")]
    [InlineData("a\ttab")]
    public void In_a_name_line_ends_and_tabs_are_hidden_too(string name)
    {
        Assert.True(HiddenText.IsIn(Encoding.UTF8.GetBytes(name), isName: true));
        Assert.False(HiddenText.IsIn(Encoding.UTF8.GetBytes(name), isName: false));
    }

    [Fact]
    public void Bytes_that_are_no_text_are_hidden() => Assert.True(HiddenText.IsIn([0x61, 0xC3], isName: false));

    private static bool IsIn(string text) => HiddenText.IsIn(Encoding.UTF8.GetBytes(text), isName: false);
}
