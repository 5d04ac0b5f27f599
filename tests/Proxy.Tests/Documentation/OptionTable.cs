using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Gateway.Proxy.Tests.Documentation;

/// <summary>
/// A table of one section's settings: keys and defaults from the options class, bounds from its attributes, meaning from its comments.
/// </summary>
internal static partial class OptionTable
{
    public static string Of(string section, object options)
    {
        var table = new StringBuilder($"### `Gateway:{section}`\n\n| key | default | bounds | meaning |\n| --- | --- | --- | --- |\n");
        foreach (var property in KeysOf(options.GetType()))
        {
            table.Append(
                CultureInfo.InvariantCulture,
                $"| `{property.Name}` | {Show(property.GetValue(options))} | {BoundsOf(property)} | {MeaningOf(property)} |\n"
            );
        }

        return table.ToString();
    }

    public static IEnumerable<PropertyInfo> KeysOf(Type options) => options.GetProperties().Where(property => property.CanWrite);

    private static string Show(object? value) =>
        value switch
        {
            null or "" => "",
            string text => $"`{text}`",
            bool flag => flag ? "`true`" : "`false`",
            TimeSpan time => $"`{Trim(time.ToString("c", CultureInfo.InvariantCulture))}`",
            IEnumerable => "none",
            IFormattable number => $"`{number.ToString(null, CultureInfo.InvariantCulture)}`",
            _ => throw new NotSupportedException($"{value.GetType()} has no form in the documentation yet."),
        };

    private static string BoundsOf(PropertyInfo property)
    {
        var bounds = new List<string>();
        foreach (var attribute in property.GetCustomAttributes<ValidationAttribute>())
        {
            bounds.Add(
                attribute switch
                {
                    RangeAttribute range => FormattableString.Invariant($"`{range.Minimum}` to `{range.Maximum}`"),
                    RegularExpressionAttribute { Pattern: var pattern } when Words().IsMatch(pattern) => string.Join(
                        " or ",
                        pattern.Split('|').Select(word => $"`{word}`")
                    ),
                    RegularExpressionAttribute { Pattern: var pattern } => $"`{pattern}`",
                    RequiredAttribute => "required",
                    _ => throw new NotSupportedException($"{attribute.GetType()} has no form in the documentation yet."),
                }
            );
        }

        return string.Join(", ", bounds);
    }

    /// <summary>The property's comment, without what the other columns say.</summary>
    private static string MeaningOf(PropertyInfo property)
    {
        var type = property.DeclaringType!;
        var comments = XDocument.Load(Path.ChangeExtension(type.Assembly.Location, ".xml"));
        var member = comments
            .Descendants("member")
            .SingleOrDefault(m => m.Attribute("name")!.Value == $"P:{type.FullName}.{property.Name}");
        var text = string.Concat((member?.Element("value") ?? member?.Element("summary"))?.Nodes().Select(Plain) ?? []);
        Assert.True(text.Length > 0, $"{type.Name}.{property.Name} has no comment. The documentation is made from it.");
        return Numbers().Replace(Spaces().Replace(text, " ").Trim(), "");
    }

    private static string Plain(XNode node) =>
        node switch
        {
            XText text => text.Value,
            XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
            XElement { Name.LocalName: "see" } see => $"`{see.Attribute("cref")!.Value.Split('.')[^1]}`",
            _ => "",
        };

    private static string Trim(string time) => time.LastIndexOf('.') > time.LastIndexOf(':') ? time.TrimEnd('0') : time;

    [GeneratedRegex("^[a-z|]+$")]
    private static partial Regex Words();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    /// <summary>The sentence with the default and the bounds.</summary>
    [GeneratedRegex(@" Default [^:].*?\.(?= |$)")]
    private static partial Regex Numbers();
}
