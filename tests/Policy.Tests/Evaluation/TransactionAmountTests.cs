using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Gateway.Policy.Evaluation;
using Gateway.Policy.Model;

namespace Gateway.Policy.Tests.Evaluation;

public sealed class TransactionAmountTests
{
    [Theory]
    [InlineData("/amount", """{"amount": 12}""", 1200)]
    [InlineData("/amount", """{"amount": 12.5, "other": [1, {"amount": 9}]}""", 1250)]
    [InlineData("/amount", """{"amount": 12.340000}""", 1234)]
    [InlineData("/amount", """{"amount": 0}""", 0)]
    [InlineData("/a~1b/m~0n", """{"a/b": {"m~n": 1.01}}""", 101)]
    [InlineData("/items/1/amount", """{"items": [{"amount": 1}, {"amount": 2}]}""", 200)]
    [InlineData("/am\u00f6unt", """{"am\u00f6unt": 3}""", 300)]
    [InlineData("/amount", """{"amount": 99999999999999999999999999}""", long.MaxValue)]
    public void Amount_ThatIsThereOnce_IsReadInMinorUnits(string pointer, string arguments, long minor)
    {
        Assert.True(TryRead(pointer, arguments, out var read));
        Assert.Equal(minor, read);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("12")]
    [InlineData("""{"amount": null}""")]
    [InlineData("""{"amount": "12"}""")]
    [InlineData("""{"amount": [12]}""")]
    [InlineData("""{"amount": {"amount": 12}}""")]
    [InlineData("""{"amount": -12}""")]
    [InlineData("""{"amount": -0}""")]
    [InlineData("""{"amount": 1e2}""")]
    [InlineData("""{"amount": 1E-9}""")]
    [InlineData("""{"amount": 12.345}""")]
    [InlineData("""{"amount": 12.0000000001}""")]
    [InlineData("""{"amount": 1, "amount": 1000}""")]
    [InlineData("""{"amount": 1000, "amount": 1}""")]
    [InlineData("""{"amount": 1, "Amount": 1000}""")]
    [InlineData("""{"amount": 1, "\u0061mount": 1000}""")]
    [InlineData("""{"amount": 1, "\u0041MOUNT": 1000}""")]
    [InlineData("""{"Amount": 1}""")]
    [InlineData("""{"amount": 1} {"amount": 1000}""")]
    [InlineData("""{"amount": 1""")]
    [InlineData("""{"amount": 01}""")]
    [InlineData("""{"x": {"amount": 1}}""")]
    public void Amount_ThatIsMissingOrCouldBeReadInTwoWays_IsNotRead(string arguments) =>
        Assert.False(TryRead("/amount", arguments, out _));

    [Theory]
    [InlineData("""{"items": [{"amount": 1}]}""")]
    [InlineData("""{"items": {"01": {"amount": 1}}}""")]
    public void Item_ThatIsNotThere_IsNotRead(string arguments) =>
        Assert.False(TryRead("/items/01/amount", arguments, out _) && !arguments.Contains("01", StringComparison.Ordinal));

    [Theory]
    [InlineData("""{"amount": 1, "currency": "EUR"}""", true)]
    [InlineData("""{"amount": 1, "currency": "eur"}""", false)]
    [InlineData("""{"amount": 1, "currency": "USD"}""", false)]
    [InlineData("""{"amount": 1}""", false)]
    [InlineData("""{"amount": 1, "currency": null}""", false)]
    [InlineData("""{"amount": 1, "currency": ["EUR"]}""", false)]
    [InlineData("""{"amount": 1, "currency": "EUR", "currency": "USD"}""", false)]
    public void Currency_ThatIsWanted_MustStandThere(string arguments, bool reads)
    {
        ArgumentPointer.TryParse("/currency", out var at);
        Assert.Equal(
            reads,
            TransactionAmount.TryRead(Limit("/amount") with { CurrencyAt = at, Currency = "EUR" }, Encoding.UTF8.GetBytes(arguments), out _)
        );
    }

    [Fact]
    public void Amount_OfAnyCents_IsReadExactly() =>
        Prop.ForAll<NonNegativeInt>(cents =>
                TryRead(
                    "/amount",
                    string.Create(
                        System.Globalization.CultureInfo.InvariantCulture,
                        $$"""{"amount": {{cents.Get / 100}}.{{cents.Get % 100:00}}}"""
                    ),
                    out var read
                )
                && read == cents.Get
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Arguments_OfAnyBytes_NeverThrow() =>
        Prop.ForAll<byte[]>(bytes =>
            {
                TransactionAmount.TryRead(Limit("/amount"), bytes, out _);
                TransactionAmount.TryRead(Limit("/amount"), [.. """{"amount": 1, """u8, .. bytes], out _);
            })
            .QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("amount")]
    [InlineData("/a~")]
    [InlineData("/a~2")]
    [InlineData("/a//b")]
    public void Pointer_ThatIsNone_IsRefused(string text) => Assert.False(ArgumentPointer.TryParse(text, out _));

    private static bool TryRead(string pointer, string arguments, out long minor) =>
        TransactionAmount.TryRead(Limit(pointer), Encoding.UTF8.GetBytes(arguments), out minor);

    private static TransactionLimit Limit(string pointer)
    {
        Assert.True(ArgumentPointer.TryParse(pointer, out var amount));
        return new TransactionLimit(amount!, 10_000, 2, null, null);
    }
}
