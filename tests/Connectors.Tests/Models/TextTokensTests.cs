using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Gateway.Connectors.Models;

namespace Gateway.Connectors.Tests.Models;

/// <summary>
/// The rule against what real tokenizers make of what people write: OpenAI's o200k, cl100k and p50k, and the one that Anthropic has
/// published. Each text with the fewest and the most tokens that any of them made of it.
/// </summary>
public sealed class TextTokensTests
{
    [Theory]
    [InlineData("All human beings are born free and equal in dignity and rights. They are endowed with", 17, 17)]
    [InlineData("Alle Menschen sind frei und gleich an Würde und Rechten geboren. Sie sind mit Vernunft", 20, 30)]
    [InlineData("Tous les êtres humains naissent libres et égaux en dignité et en droits. Ils sont doués", 21, 32)]
    [InlineData("Kaikki ihmiset syntyvät vapaina ja tasavertaisina arvoltaan ja oikeuksiltaan. Heille on", 27, 34)]
    [InlineData("Bütün insanlar hür, haysiyet ve haklar bakımından eşit doğarlar. Akıl ve vicdana", 25, 41)]
    [InlineData("Wszyscy ludzie rodzą się wolni i równi pod względem swej godności i swych praw. Są oni", 28, 48)]
    [InlineData("Watu wote wamezaliwa huru, hadhi na haki zao ni sawa. Wote wamejaliwa akili na dhamiri,", 27, 37)]
    [InlineData("Genir pawb yn rhydd ac yn gydradd â'i gilydd mewn urddas a hawliau. Fe'u cynysgaeddir â", 33, 43)]
    [InlineData("Bonke abantu bazalwa bekhululekile belingana ngesithunzi nangamalungelo. Bahlanganiswe", 21, 35)]
    [InlineData("Hānau kū'oko'a 'ia nā kānaka apau loa, a ua kau like ka hanohano a me nā pono kīvila ma", 33, 45)]
    [InlineData("Tất cả mọi người sinh ra đều được tự do và bình đẳng về nhân phẩm và quyền lợi.", 22, 83)]
    [InlineData("Все люди рождаются свободными и равными в своем достоинстве и правах. Они наделены", 21, 86)]
    [InlineData("Όλοι οι άνθρωποι γεννιούνται ελεύθεροι και ίσοι στην αξιοπρέπεια και τα δικαιώματα.", 31, 90)]
    [InlineData("يولد جميع الناس أحراراً متساوين في الكرامة والحقوق، وقد وهبوا عقلاً وضميراً", 27, 77)]
    [InlineData("כל בני האדם נולדו בני חורין ושווים בערכם ובזכויותיהם.", 20, 65)]
    [InlineData("सभी मनुष्यों को गौरव और अधिकारों के मामले में जन्मजात स्वतन्त्रता और समानता प्राप्त है।", 25, 139)]
    [InlineData("มนุษย์ทั้งหลายเกิดมามีอิสระและเสมอภาคกันในเกียรติศักดิ์และสิทธิ", 32, 126)]
    [InlineData("人人生而自由，在尊严和权利上一律平等。他们赋有理性和良心，并应以兄弟关系的精神相对待。", 35, 86)]
    [InlineData("すべての人間は、生まれながらにして自由であり、かつ、尊厳と権利とについて平等である。", 35, 57)]
    [InlineData("모든 인간은 태어날 때부터 자유로우며 그 존엄과 권리에 있어 동등하다.", 24, 88)]
    [InlineData("ყველა ადამიანი იბადება თავისუფალი და თანასწორი თავისი ღირსებითა და უფლებებით.", 21, 202)]
    [InlineData("የሰው ልጅ ሁሉ ሲወለድ ነጻና በክብርና በመብትም እኩልነት ያለው ነው።", 79, 113)]
    [InlineData("Բոլոր մարդիկ ծնվում են ազատ ու հավասար իրենց արժանապատվությամբ ու իրավունքներով։", 22, 150)]
    [InlineData("Great 🎉🎉 👍🏽 let's go 🚀 👨‍👩‍👧‍👦 ✅ done ❤️", 26, 42)]
    [InlineData("3.14159, 2.71828, 1.41421; 2024-05-17 12:30:45; 1 2 3 4 5 6 7 8 9 10; 192.168.0.1;", 45, 61)]
    [InlineData("THE QUICK BROWN FOX JUMPS OVER THE LAZY DOG. WARNING: DO NOT OPEN WHILE ENERGIZED.", 25, 30)]
    [InlineData("Krzysztof Brzęczyszczykiewicz met Dzhokhar Nguyễn and Xochitl Quetzalcoatl near", 28, 39)]
    [InlineData("N-(4-hydroxyphenyl)acetamide, 2-acetoxybenzoic acid, dichlorodiphenyltrichloroethane,", 32, 35)]
    [InlineData("a b c d e f g h i j k l m n o p q r s t u v w x y z", 26, 26)]
    [InlineData("| a | b |\n|---|---|\n| 1 | 2 |\n\n* **x** `y`\n  - z\n", 27, 31)]
    [InlineData("{\"id\":\"a1\",\"items\":[{\"n\":1,\"ok\":true},{\"n\":2,\"ok\":false}],\"t\":null}", 29, 30)]
    [InlineData("\\frac{\\partial f}{\\partial x} = \\lim_{h \\to 0} \\frac{f(x+h)-f(x)}{h}", 33, 35)]
    [InlineData("Todos los seres humanos nacen libres e iguales en dignidad y derechos.", 15, 25)]
    [InlineData("for (var i = 0; i < items.Count; i++) { total += items[i].Price * 1.19m; }\n\treturn total;\n", 33, 36)]
    public void No_tokenizer_counts_outside_the_bounds(string text, int fewest, int most)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        Assert.InRange(most, 0, TextTokens.Most(bytes));
        Assert.InRange(fewest, TextTokens.Least(bytes.Length), int.MaxValue);
    }

    [Fact]
    public void A_byte_beyond_letters_is_a_token_and_two_letters_are_one()
    {
        Assert.Equal(0, TextTokens.Most(""u8));
        Assert.Equal(1, TextTokens.Most("a"u8));
        Assert.Equal(1, TextTokens.Most("aB"u8));
        Assert.Equal(4, TextTokens.Most("a 1b!"u8));
        Assert.Equal(3, TextTokens.Most("世"u8));
    }

    [Fact]
    public void Escapes_never_make_a_text_smaller_than_it_is()
    {
        Prop.ForAll(
                ArbMap.Default.ArbFor<NonNull<string>>(),
                text =>
                {
                    var plain = Encoding.UTF8.GetBytes(text.Get);
                    var json = JsonSerializer.SerializeToUtf8Bytes(text.Get);
                    var raw = json.AsSpan(1, json.Length - 2);
                    var (most, bytes) = TextTokens.OfJson(raw, raw.Contains((byte)'\\'));
                    return most >= TextTokens.Most(plain) && bytes <= plain.Length;
                }
            )
            .QuickCheckThrowOnFailure();
        TextTokens.OfJson("\\"u8, isEscaped: true);
        TextTokens.OfJson("\\u1"u8, isEscaped: true);
    }
}
