using System.Collections;
using System.Reflection;

namespace Gateway.Proxy.Configuration;

/// <summary>What a setting was called before. The old name is refused with the new one: a value under it would count for nothing.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class FormerNameAttribute(string name) : Attribute
{
    public string Name { get; } = name;
}

/// <summary>
/// Finds configuration that nothing reads, a misspelt key or a value where none is read: a limit would otherwise silently be no limit.
/// </summary>
internal static class UnknownKeys
{
    public static List<string> Find(IConfigurationSection root, IReadOnlyDictionary<string, Type> sections)
    {
        var errors = new List<string>();
        foreach (var section in root.GetChildren())
        {
            if (sections.TryGetValue(section.Key, out var type))
            {
                Check(section, type, errors);
            }
            else
            {
                errors.Add(Unknown(section, sections.Keys));
            }
        }

        return errors;
    }

    private static void Check(IConfigurationSection section, Type type, List<string> errors)
    {
        // JSON's empty list and empty object come as an empty text.
        var hasValue = section.Value is { Length: > 0 };
        if (!IsOptions(type))
        {
            if (hasValue && type != typeof(string) && type.IsAssignableTo(typeof(IEnumerable)))
            {
                errors.Add($"{section.Path}: is a list. Set {section.Path}:0, {section.Path}:1 and so on.");
            }

            return;
        }

        if (hasValue)
        {
            errors.Add($"{section.Path}: holds settings and is none itself. Remove its value.");
        }

        var known = type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(p => p.CanWrite)
            .ToDictionary(p => p.Name, StringComparer.OrdinalIgnoreCase);
        foreach (var child in section.GetChildren())
        {
            if (known.TryGetValue(child.Key, out var property))
            {
                Check(child, property.PropertyType, errors);
            }
            else
            {
                errors.Add(Renamed(child, known.Values) ?? Unknown(child, known.Keys));
            }
        }
    }

    private static string? Renamed(IConfigurationSection section, IEnumerable<PropertyInfo> known)
    {
        var property = known.FirstOrDefault(p =>
            section.Key.Equals(p.GetCustomAttribute<FormerNameAttribute>()?.Name, StringComparison.OrdinalIgnoreCase)
        );
        return property is null ? null : $"{section.Path}: is called '{property.Name}' now. Rename it.";
    }

    private static bool IsOptions(Type type) => type.IsClass && type.Name.EndsWith("Options", StringComparison.Ordinal);

    private static string Unknown(IConfigurationSection section, IEnumerable<string> known)
    {
        var names = known.Order(StringComparer.Ordinal).ToList();
        var nearest = names.MinBy(name => Distance(name.ToUpperInvariant(), section.Key.ToUpperInvariant()));
        return nearest is null
            ? $"{section.Path}: there is no such key. Remove it."
            : $"{section.Path}: there is no such key. Did you mean '{nearest}'? Known here: {string.Join(", ", names)}.";
    }

    /// <summary>Levenshtein's edit distance.</summary>
    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var above = row[j];
                row[j] = Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1));
                diagonal = above;
            }
        }

        return row[^1];
    }
}
