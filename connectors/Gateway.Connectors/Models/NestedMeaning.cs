namespace Gateway.Connectors.Models;

/// <summary>What a name below the top level means, in content or in tools. A name that is in no list means nothing.</summary>
internal enum NestedMeaning
{
    None = 0,

    /// <summary>A reference to what the provider keeps: refused unless null.</summary>
    State,

    /// <summary>The same where it is text (an id); an object describes a new one and is looked into.</summary>
    StateIfText,

    /// <summary>A credential for a system that the provider would call: refused unless null.</summary>
    Credentials,

    /// <summary>Data whose names are the caller's own, such as a tool's arguments or schema: not looked into.</summary>
    Free,

    /// <summary>Text that holds a file: it counts for fewer tokens.</summary>
    Media,

    /// <summary>A list of tools.</summary>
    Tools,

    /// <summary>Says what kind of object it is; some kinds are refused.</summary>
    Kind,
}
