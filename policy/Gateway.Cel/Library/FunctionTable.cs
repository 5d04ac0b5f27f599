using System.Globalization;
using System.Text;
using Gateway.Cel.Syntax;

namespace Gateway.Cel.Library;

/// <summary>The macros and functions as the documentation shows them.</summary>
internal static class FunctionTable
{
    public static string MacrosToMarkdown()
    {
        var text = new StringBuilder("| macro | meaning |\n| --- | --- |\n");
        foreach (var (form, meaning) in MacroTable.All)
        {
            text.Append(CultureInfo.InvariantCulture, $"| `{form}` | {meaning} |\n");
        }

        return text.ToString();
    }

    public static string ToMarkdown()
    {
        var text = new StringBuilder();
        foreach (var (subject, overloads) in StandardLibrary.Sections)
        {
            text.Append(CultureInfo.InvariantCulture, $"### {subject}\n\n| function | forms |\n| --- | --- |\n");
            foreach (
                var function in overloads
                    .Where(o => !o.Signature.Function.StartsWith("@sort", StringComparison.Ordinal))
                    .GroupBy(o => o.Signature.Function)
            )
            {
                text.Append(
                    CultureInfo.InvariantCulture,
                    $"| `{Operators.Shown(function.Key)}` | {string.Join(", ", function.Select(o => $"`{Form(o.Signature)}`"))} |\n"
                );
            }

            text.Append('\n');
        }

        return text.ToString();
    }

    private static string Form(Signature signature)
    {
        var (parameters, shown) = (signature.Parameters, Operators.Shown(signature.Function));
        var call = signature.Function switch
        {
            Operators.Index => $"{parameters[0]}[{parameters[1]}]",
            Operators.OptionalIndex => $"{parameters[0]}[?{parameters[1]}]",
            Operators.Not or Operators.Negate => $"{shown}{parameters[0]}",
            Operators.In => $"{parameters[0]} in {parameters[1]}",
            var name when name.StartsWith('_') => $"{parameters[0]} {shown} {parameters[1]}",
            _ when signature.IsMember => $"{parameters[0]}.{shown}({string.Join(", ", parameters.Skip(1))})",
            _ => $"{shown}({string.Join(", ", parameters)})",
        };
        return $"{call} -> {signature.Result}";
    }
}
