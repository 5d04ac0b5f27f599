using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Gateway.Connectors.Mcp.Schemas;

/// <summary>Addresses and fragments of references (RFC 3986, RFC 6901). Nothing is ever fetched from one.</summary>
internal static class SchemaUri
{
    /// <value>What a schema without an <c>$id</c> is resolved against.</value>
    public static Uri Unnamed { get; } = new("gateway-schema://unnamed/");

    /// <summary>What stands before the number sign, and what stands behind it, decoded.</summary>
    public static (string Address, string Fragment) Split(string reference)
    {
        var sign = reference.IndexOf('#', StringComparison.Ordinal);
        return sign < 0 ? (reference, "") : (reference[..sign], Uri.UnescapeDataString(reference[(sign + 1)..]));
    }

    /// <summary>Null where it isn't an address.</summary>
    public static Uri? Resolve(Uri relativeTo, string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var absolute) && !address.StartsWith('/') ? absolute
        : Uri.TryCreate(relativeTo, address, out var resolved) ? resolved
        : null;

    public static bool IsAnchor(string name) =>
        name.Length > 0
        && (char.IsAsciiLetter(name[0]) || name[0] == '_')
        && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or ':');

    /// <summary>The value that one step of a pointer leads to; -1 for none.</summary>
    public static int Step(SchemaDocument document, int container, string step)
    {
        if (document.KindOf(container) != JsonTokenType.StartArray)
        {
            var name = step.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
            return document.Find(container, Encoding.UTF8.GetBytes(name));
        }

        var isIndex = step is "0" or [>= '1' and <= '9', ..] && int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out _);
        var items = document.Children(container);
        document.Spend(items.Count, container);
        return isIndex && int.Parse(step, CultureInfo.InvariantCulture) is var index && index < items.Count ? items[index] : -1;
    }
}
