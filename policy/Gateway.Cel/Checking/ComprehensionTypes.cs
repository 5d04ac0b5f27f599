using Gateway.Cel.Syntax;
using Gateway.Cel.Text;
using Gateway.Cel.Values;

namespace Gateway.Cel.Checking;

/// <summary>The types of what a macro over a list or a map goes over, and of what it gives.</summary>
internal sealed class ComprehensionTypes(CheckContext context)
{
    /// <summary>Index and element of a list, key and value of a map; and what one name alone stands for.</summary>
    public (CelType Key, CelType Value, CelType Sole) ElementsOf(Checked source)
    {
        var type = context.Known.Resolve(source.Type);
        if (type.Kind is not (CelTypeKind.List or CelTypeKind.Map or CelTypeKind.Dyn or CelTypeKind.Parameter))
        {
            context.Report(CelErrorKind.Type, source.Node.Range, $"a macro goes over a list or a map, and this is {type}");
        }

        return type.Kind switch
        {
            CelTypeKind.List => (CelType.Int, type.Parameters[0], type.Parameters[0]),
            CelTypeKind.Map => (type.Parameters[0], type.Parameters[1], type.Parameters[0]),
            _ => (CelType.Dyn, CelType.Dyn, CelType.Dyn),
        };
    }

    public CelType ResultOf(ComprehensionExpr expr, CelType key, Checked body) =>
        expr.Kind switch
        {
            ComprehensionKind.List => CelType.List(body.Type),
            ComprehensionKind.Map => CelType.Map(key, body.Type),
            ComprehensionKind.MapEntries => Expected(
                body,
                CelType.Map(context.Known.Fresh(), context.Known.Fresh()),
                "what transformMapEntry gives"
            ),
            _ => Expected(body, CelType.Bool, "the condition of a macro"),
        };

    private CelType Expected(Checked body, CelType wanted, string what)
    {
        context.Expect(body, wanted, what);
        return context.Known.Resolve(wanted);
    }
}
