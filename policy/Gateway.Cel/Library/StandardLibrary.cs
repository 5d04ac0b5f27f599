namespace Gateway.Cel.Library;

/// <summary>All functions there are, by subject. The documentation's tables are written from it.</summary>
internal static class StandardLibrary
{
    public static IReadOnlyList<(string Subject, IReadOnlyList<Overload> Overloads)> Sections { get; } =
    [
        ("Logic and comparison", ComparisonFunctions.Overloads),
        ("Arithmetic", ArithmeticFunctions.Overloads),
        ("Joining and size", JoiningFunctions.Overloads),
        ("Elements", ElementFunctions.Overloads),
        ("Conversions", ConversionFunctions.Overloads),
        ("Texts", TextTests.Overloads),
        ("Texts, extended", TextFunctions.Overloads),
        ("Times and spans", TimeFunctions.Overloads),
        ("Numbers", MathFunctions.Overloads),
        ("Largest and smallest", ExtremeFunctions.Overloads),
        ("Bits", BitFunctions.Overloads),
        ("Lists", ListFunctions.Overloads),
        ("Sets", SetFunctions.Overloads),
        ("Optionals", OptionalFunctions.Overloads),
        ("Encodings", EncodingFunctions.Overloads),
        ("Addresses", AddressFunctions.Overloads),
        ("Networks", NetworkFunctions.Overloads),
    ];

    public static IReadOnlyList<Overload> Overloads { get; } = [.. Sections.SelectMany(section => section.Overloads)];
}
