using FsCheck;
using FsCheck.Fluent;
using Gateway.Policy.Model;

namespace Gateway.Policy.Tests.Model;

/// <summary>Obligations of every kind and mixture, from few enough values that they meet each other.</summary>
internal static class AnyObligations
{
    private static readonly string[] Names = ["a", "b", "c"];
    private static readonly string[] Pointers = ["/a", "/b/0", "/c/*"];
    private static readonly int[] Numbers = [1, 2, 500];

    public static Gen<Obligations> All { get; } =
        from flags in Gen.Choose(0, 7)
        from tokens in MayBe(Gen.Elements(Numbers))
        from sample in MayBe(Gen.Elements(Numbers))
        from request in Redaction
        from response in Redaction
        from models in Some(Names)
        from tools in Some(Names)
        from strips in Gen.Elements(true, false)
        from rows in Some(Pointers)
        from most in Gen.Elements(Numbers)
        select new Obligations((flags & 1) != 0, (flags & 2) != 0, tokens)
        {
            ReadOnly = (flags & 4) != 0,
            RedactRequest = request,
            RedactResponse = response,
            ModelDowngrade = TermSet<string>.Of(models),
            StripTools = strips ? new ToolStrip(TermSet<string>.Of(tools)) : null,
            RowLimits = TermSet<RowLimit>.Of(rows.Select(at => new RowLimit(at == "/a" ? null : Pointer(at), most))),
            Sample = sample,
        };

    public static ArgumentPointer Pointer(string text)
    {
        Assert.True(ArgumentPointer.TryParse(text, out var pointer));
        return pointer!;
    }

    private static Gen<RedactionTerms?> Redaction =>
        from patterns in Gen.Choose(0, 31)
        from fields in Some(Pointers)
        from none in Gen.Elements(true, false)
        select none ? null : new RedactionTerms((RedactionPatterns)patterns, TermSet<ArgumentPointer>.Of(fields.Select(Pointer)));

    private static Gen<IEnumerable<string>> Some(string[] of) =>
        Gen.Choose(0, 7).Select(bits => of.Where((_, i) => (bits & (1 << i)) != 0));

    private static Gen<int?> MayBe(Gen<int> numbers) =>
        Gen.Elements(true, false).SelectMany(none => numbers.Select(number => none ? null : (int?)number));
}
