using System.Globalization;
using System.Numerics;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Gateway.Connectors.Mcp.Schemas.Values;

namespace Gateway.Connectors.Tests.Mcp.Schemas.Values;

public sealed class ExactNumberTests
{
    /// <summary>A number of the form that JSON allows, and what it is as a whole number of 10⁻⁴⁰.</summary>
    private static readonly Gen<(string Text, BigInteger Value)> Numbers =
        from sign in Gen.Elements("", "-")
        from whole in Gen.Choose(0, 12000)
        from zeros in Gen.Choose(0, 3)
        from fraction in Gen.Choose(0, 9999)
        from digits in Gen.Choose(0, 4)
        from exponent in Gen.Choose(-30, 30)
        from letter in Gen.Elements("e", "E", "e+", "")
        let part = digits == 0 ? "" : fraction.ToString("D4", CultureInfo.InvariantCulture)[..digits] + new string('0', zeros)
        let power = letter.Length == 0 ? 0
        : exponent < 0 && letter == "e+" ? -exponent
        : exponent
        let scale = letter.Length > 0 ? letter + power.ToString(CultureInfo.InvariantCulture) : ""
        let text = $"{sign}{whole}{(part.Length > 0 ? "." + part : "")}{scale}"
        let value = BigInteger.Parse(whole + part, CultureInfo.InvariantCulture) * BigInteger.Pow(10, 40 - part.Length + power)
        select (text, sign == "-" ? -value : value);

    [Fact]
    public void Numbers_compare_as_the_decimals_that_they_are() =>
        Prop.ForAll(
                Numbers.ToArbitrary(),
                Numbers.ToArbitrary(),
                (left, right) => Math.Sign(Compare(left.Text, right.Text)) == left.Value.CompareTo(right.Value)
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(3000));

    [Fact]
    public void A_number_is_whole_where_nothing_is_behind_its_point() =>
        Prop.ForAll(Numbers.ToArbitrary(), number => Of(number.Text).IsInteger == (number.Value % BigInteger.Pow(10, 40)).IsZero)
            .Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    /// <summary>Through the keyword, which counts in another way.</summary>
    [Fact]
    public void A_multiple_is_what_division_leaves_no_rest_of() =>
        Prop.ForAll(
                Numbers.ToArbitrary(),
                Numbers.Where(number => number.Value > 0).ToArbitrary(),
                (number, divisor) =>
                    Schema.Of($$"""{"multipleOf":{{divisor.Text}}}""").Takes(number.Text) == (number.Value % divisor.Value).IsZero
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    [Theory]
    [InlineData("1.0", "1", 0)]
    [InlineData("-0", "0", 0)]
    [InlineData("0e5", "0.000", 0)]
    [InlineData("1e400", "1e401", -1)]
    [InlineData("1e-400", "0", 1)]
    [InlineData("-1e400", "1", -1)]
    [InlineData("9007199254740993", "9007199254740992", 1)]
    [InlineData("0.1", "0.10000000000000000001", -1)]
    [InlineData("1e999999999", "1e-999999999", 1)]
    [InlineData("123456789012345678901234567890", "1.2345678901234567890123456789e29", 0)]
    public void No_double_stands_between(string left, string right, int expected) =>
        Assert.Equal(expected, Math.Sign(Compare(left, right)));

    [Theory]
    [InlineData("1e999999999", true)]
    [InlineData("1e-000000000000999999999", true)]
    [InlineData("1e1000000000", false)]
    [InlineData("1E-99999999999999999999", false)]
    public void An_exponent_has_at_most_nine_digits(string text, bool isBounded) =>
        Assert.Equal(isBounded, ExactNumber.IsBounded(Encoding.UTF8.GetBytes(text)));

    private static ExactNumber Of(string text) => new(Encoding.UTF8.GetBytes(text));

    private static int Compare(string left, string right) => Of(left).CompareTo(Of(right));
}
