using Gateway.Policy.Model;

namespace Gateway.Policy.Documents.Kinds;

/// <summary>Reads <c>transaction</c> of an operation or a permission.</summary>
internal static class TransactionFields
{
    private const int MaxDecimals = 6;
    private const string Is = " is ";

    private static readonly FieldFormat<(ArgumentPointer At, string Code)> Currency = new(
        "a JSON pointer and the three-letter code that must stand there",
        "/currency is EUR",
        (string text, out (ArgumentPointer At, string Code) value) =>
        {
            var split = text.LastIndexOf(Is, StringComparison.Ordinal);
            ArgumentPointer? at = null;
            var code = split < 0 ? "" : text[(split + Is.Length)..];
            var read = split > 0 && ArgumentPointer.TryParse(text[..split], out at) && code.Length == 3 && code.All(char.IsAsciiLetter);
            value = (at!, code);
            return read;
        },
        value => value.At is null ? "" : value.At.Text + Is + value.Code
    );

    public static TransactionLimit? Read(MappingReader spec) =>
        spec.Section(
            "transaction",
            section =>
            {
                var amount = section.Required("amount", Formats.Pointer("/amount"));
                var decimals = section.Optional("decimals", Formats.Integer(0, MaxDecimals), 2);
                var max = section.Required("max", Amount(decimals));
                var currency = section.OptionalValue("currency", Currency);
                return new TransactionLimit(amount, max, decimals, currency?.At, currency?.Code);
            }
        );

    private static FieldFormat<long> Amount(int decimals) =>
        new(
            $"an amount up to 10^12 minor units, with at most {decimals} digits after the point",
            "100",
            (string text, out long value) =>
            {
                Span<byte> utf8 = stackalloc byte[64];
                value = 0;
                return text.Length <= 20
                    && MinorUnits.TryParse(utf8[..System.Text.Encoding.UTF8.GetBytes(text, utf8)], decimals, out value)
                    && value <= MinorUnits.MaxAmount;
            },
            value => MinorUnits.Text(value, decimals)
        )
        {
            PlainOnly = true,
        };
}
