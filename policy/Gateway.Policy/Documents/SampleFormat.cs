using System.Text;
using Gateway.Policy.Model;

namespace Gateway.Policy.Documents;

/// <summary>The format of a share of the actions, in millionths, in which samples are counted.</summary>
internal static class SampleFormat
{
    private const int ShareDigits = 6;

    public static FieldFormat<int> Share { get; } =
        new(
            "a share over 0 and under 1, with at most 6 digits after the point",
            "0.1",
            (string text, out int value) =>
            {
                Span<byte> utf8 = stackalloc byte[64];
                var read =
                    text.Length <= 20
                    && MinorUnits.TryParse(utf8[..Encoding.UTF8.GetBytes(text, utf8)], ShareDigits, out var millionths)
                    && millionths is > 0 and < Obligations.WholeSample
                        ? millionths
                        : 0;
                value = (int)read;
                return read > 0;
            },
            value => MinorUnits.Text(value, ShareDigits)
        )
        {
            PlainOnly = true,
        };
}
