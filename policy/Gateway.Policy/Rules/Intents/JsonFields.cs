using System.Text.Json;
using Gateway.Policy.Model;
using Gateway.Policy.Rules.Documents;

namespace Gateway.Policy.Rules.Intents;

/// <summary>
/// Reads the fields of one JSON object by name and type. Errors are collected, never thrown. Fields that nobody asks for are let be, since
/// the format may grow; one that differs from a known name in case only is refused, because some readers take it for the known one.
/// </summary>
public sealed class JsonFields(JsonElement element, string path, IntentErrors errors)
{
    /// <value>Items of one list.</value>
    public const int MaxItems = 10_000;

    private readonly HashSet<string> _known = new(StringComparer.OrdinalIgnoreCase);

    public IntentErrors Errors => errors;

    /// <summary>Trimmed; empty when it isn't there.</summary>
    public string Text(string name) => Find(name) is not { } value ? "" : ReadText(value, Child(name));

    public string Lower(string name) => Text(name).ToLowerInvariant();

    /// <summary>Not empty.</summary>
    public string Required(string name, string text)
    {
        if (text.Length == 0)
        {
            Fail(name, "It is required.");
        }

        return text;
    }

    /// <summary>One of the words, in any case; empty when it isn't there.</summary>
    public string Word(string name, RuleWordSet words) => CheckWord(name, Lower(name), words);

    public string CheckWord(string name, string word, RuleWordSet words)
    {
        if (word.Length > 0 && !words.Contains(word))
        {
            Fail(name, $"It is not {words.Noun}.");
        }

        return word;
    }

    /// <summary>64 hexadecimal digits in lower case; empty when it isn't there.</summary>
    public string Digest(string name)
    {
        var digest = Lower(name);
        if (digest.Length > 0 && !Sha256Digest.TryParse(digest, out _))
        {
            Fail(name, "It must be a SHA-256 digest in hexadecimal.");
        }

        return digest;
    }

    public bool Flag(string name)
    {
        if (Find(name) is not { } value)
        {
            return false;
        }

        if (value.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
        {
            Fail(name, "It must be true or false.");
        }

        return value.ValueKind == JsonValueKind.True;
    }

    /// <summary>A whole number, not negative; 0 when it isn't there.</summary>
    public long Number(string name)
    {
        if (Find(name) is not { } value)
        {
            return 0;
        }

        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) && number >= 0)
        {
            return number;
        }

        Fail(name, "It must be a whole number, not negative.");
        return 0;
    }

    /// <summary>Zero when it isn't there.</summary>
    public GoTime Time(string name)
    {
        if (Find(name) is not { } value)
        {
            return default;
        }

        if (value.ValueKind == JsonValueKind.String && GoTime.TryParse(value.GetString()!, out var time))
        {
            return time;
        }

        Fail(name, "It must be a time by RFC 3339.");
        return default;
    }

    /// <summary>Trimmed, without empty ones and repetitions, sorted.</summary>
    public string[] List(string name) => CodeList.Normalise(Items(name).Select((item, i) => ReadText(item, $"{Child(name)}[{i}]")));

    /// <summary>Null when it isn't there.</summary>
    public JsonElement? Object(string name)
    {
        if (Find(name) is not { } value)
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.Object)
        {
            return value;
        }

        Fail(name, "It must be a JSON object.");
        return null;
    }

    /// <summary>An object inside this one; null when it isn't there.</summary>
    public T? Section<T>(string name, Func<JsonFields, T> read)
        where T : class => Object(name) is { } value ? Read(value, Child(name), read) : null;

    /// <summary>A list of objects.</summary>
    public IReadOnlyList<T> Sections<T>(string name, Func<JsonFields, T> read)
    {
        var sections = new List<T>();
        foreach (var item in Items(name))
        {
            var at = $"{Child(name)}[{sections.Count}]";
            if (item.ValueKind != JsonValueKind.Object)
            {
                errors.Add(at, "It must be a JSON object.");
                return sections;
            }

            sections.Add(Read(item, at, read));
        }

        return sections;
    }

    /// <summary>The value as it is; null when it isn't there or is null.</summary>
    public JsonElement? Any(string name) => Find(name);

    public string Child(string name) => path.Length == 0 ? name : $"{path}.{name}";

    public void Fail(string name, string problem) => errors.Add(Child(name), problem);

    /// <summary>Called once, after the last read.</summary>
    public void End()
    {
        foreach (var property in element.EnumerateObject())
        {
            if (_known.TryGetValue(property.Name, out var known) && known != property.Name)
            {
                Fail(known, "It is written in another case.");
            }
        }
    }

    /// <summary>For an object that may say nothing else: a field that nobody asked for is an error. Called after the last read.</summary>
    public void RefuseOthers()
    {
        foreach (var property in element.EnumerateObject())
        {
            if (!_known.Contains(property.Name))
            {
                Fail(property.Name, "This is an unknown field.");
            }
        }
    }

    private T Read<T>(JsonElement value, string at, Func<JsonFields, T> read)
    {
        var fields = new JsonFields(value, at, errors);
        var result = read(fields);
        fields.End();
        return result;
    }

    private IEnumerable<JsonElement> Items(string name)
    {
        if (Find(name) is not { } value)
        {
            return [];
        }

        if (value.ValueKind == JsonValueKind.Array && value.GetArrayLength() <= MaxItems)
        {
            return value.EnumerateArray();
        }

        Fail(name, $"It must be a list of at most {MaxItems} items.");
        return [];
    }

    private string ReadText(JsonElement value, string at)
    {
        if (value.ValueKind == JsonValueKind.String)
        {
            return value.GetString()!.Trim();
        }

        errors.Add(at, "It must be text.");
        return "";
    }

    private JsonElement? Find(string name)
    {
        _known.Add(name);
        return element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
    }
}
