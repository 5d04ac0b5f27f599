using System.Globalization;
using System.Text;
using Gateway.Cel.Evaluation;
using Gateway.Cel.Values;

namespace Gateway.Cel.Library;

/// <summary>Conversions between types. What doesn't fit is an error, never a wrapped or cut number.</summary>
internal static class ConversionFunctions
{
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    public static IReadOnlyList<Overload> Overloads { get; } =
    [
        new("int(int) -> int", Same),
        new("int(uint) -> int", (_, a) => a[0].AsUint <= long.MaxValue ? CelValue.From((long)a[0].AsUint) : Failures.Overflow),
        new("int(double) -> int", (_, a) => DoubleToInt(a[0].AsDouble)),
        new(
            "int(string) -> int",
            (f, a) =>
                f.ChargeText(a[0].AsString.Length)
                && long.TryParse(a[0].AsString, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
                    ? CelValue.From(value)
                    : Failures.BadConversion
        ),
        new("int(timestamp) -> int", (_, a) => CelValue.From(a[0].AsTimestamp.Seconds)),
        new("uint(uint) -> uint", Same),
        new("uint(int) -> uint", (_, a) => a[0].AsInt >= 0 ? CelValue.From((ulong)a[0].AsInt) : Failures.Overflow),
        new("uint(double) -> uint", (_, a) => DoubleToUint(a[0].AsDouble)),
        new(
            "uint(string) -> uint",
            (f, a) =>
                f.ChargeText(a[0].AsString.Length)
                && ulong.TryParse(a[0].AsString, NumberStyles.None, CultureInfo.InvariantCulture, out var value)
                    ? CelValue.From(value)
                    : Failures.BadConversion
        ),
        new("double(double) -> double", Same),
        new("double(int) -> double", (_, a) => CelValue.From((double)a[0].AsInt)),
        new("double(uint) -> double", (_, a) => CelValue.From((double)a[0].AsUint)),
        new("double(string) -> double", (f, a) => TextToDouble(f, a[0].AsString)),
        new("bool(bool) -> bool", Same),
        new("bool(string) -> bool", (_, a) => TextToBool(a[0].AsString)),
        new("string(string) -> string", Same),
        new("string(bool) -> string", (_, a) => CelValue.From(a[0].AsBool ? "true" : "false")),
        new("string(int) -> string", (_, a) => CelValue.From(a[0].AsInt.ToString(CultureInfo.InvariantCulture))),
        new("string(uint) -> string", (_, a) => CelValue.From(a[0].AsUint.ToString(CultureInfo.InvariantCulture))),
        new("string(double) -> string", (_, a) => CelValue.From(DoubleText.General(a[0].AsDouble))),
        new("string(bytes) -> string", (f, a) => BytesToText(f, a[0].AsBytes)),
        new("string(timestamp) -> string", (_, a) => CelValue.From(TimeText.Write(a[0].AsTimestamp))),
        new("string(duration) -> string", (_, a) => CelValue.From(DurationText.Write(a[0].AsDuration))),
        new("string(ip) -> string", (_, a) => CelValue.From(a[0].AsAddress.ToText())),
        new("string(cidr) -> string", (_, a) => CelValue.From(a[0].AsNetwork.ToText())),
        new("bytes(bytes) -> bytes", Same),
        new(
            "bytes(string) -> bytes",
            (f, a) => f.ChargeText(a[0].AsString.Length) ? CelValue.From(Encoding.UTF8.GetBytes(a[0].AsString)) : Failures.TooCostly
        ),
        new("timestamp(timestamp) -> timestamp", Same),
        new(
            "timestamp(int) -> timestamp",
            (_, a) => new CelTimestamp(a[0].AsInt, 0) is { IsInRange: true } time ? CelValue.From(time) : Failures.Overflow
        ),
        new(
            "timestamp(string) -> timestamp",
            (f, a) =>
                f.ChargeText(a[0].AsString.Length) && TimeText.TryParse(a[0].AsString) is { } time
                    ? CelValue.From(time)
                    : Failures.BadConversion
        ),
        new("duration(duration) -> duration", Same),
        new(
            "duration(string) -> duration",
            (f, a) =>
                f.ChargeText(a[0].AsString.Length) && DurationText.TryParse(a[0].AsString) is { } span
                    ? CelValue.From(span)
                    : Failures.BadConversion
        ),
        new("dyn(A) -> dyn", Same),
        new("type(A) -> type(A)", (_, a) => CelValue.From(CelType.Of(a[0]))),
    ];

    private static CelValue Same(CelActivation frame, ReadOnlySpan<CelValue> arguments) => arguments[0];

    /// <summary>The ends of the range are refused too: a double near them may stand for a number beyond.</summary>
    private static CelValue DoubleToInt(double value) =>
        value > long.MinValue && value < long.MaxValue ? CelValue.From((long)value) : Failures.Overflow;

    private static CelValue DoubleToUint(double value) =>
        value >= 0 && value < ulong.MaxValue ? CelValue.From((ulong)value) : Failures.Overflow;

    private static CelValue TextToBool(string text) =>
        text switch
        {
            "true" or "True" or "TRUE" or "t" or "T" or "1" => CelValue.True,
            "false" or "False" or "FALSE" or "f" or "F" or "0" => CelValue.False,
            _ => Failures.BadConversion,
        };

    private static CelValue TextToDouble(CelActivation frame, string text)
    {
        const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        if (!frame.ChargeText(text.Length))
        {
            return Failures.TooCostly;
        }

        return text switch
        {
            "NaN" => CelValue.From(double.NaN),
            "Infinity" or "+Infinity" or "Inf" or "+Inf" or "inf" or "+inf" => CelValue.From(double.PositiveInfinity),
            "-Infinity" or "-Inf" or "-inf" => CelValue.From(double.NegativeInfinity),
            _ => double.TryParse(text, Style, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value)
                ? CelValue.From(value)
                : Failures.BadConversion,
        };
    }

    private static CelValue BytesToText(CelActivation frame, byte[] bytes)
    {
        if (!frame.ChargeText(bytes.Length))
        {
            return Failures.TooCostly;
        }

        try
        {
            return CelValue.From(Strict.GetString(bytes));
        }
        catch (DecoderFallbackException)
        {
            return Failures.BadConversion;
        }
    }
}
