namespace Gateway.Cel.Syntax;

/// <summary>What a macro makes of the elements of a list or the entries of a map.</summary>
internal enum ComprehensionKind
{
    /// <summary>True if the body holds for every element; one false decides, even where another is an error.</summary>
    All,

    /// <summary>True if the body holds for an element; one true decides, even where another is an error.</summary>
    Exists,

    /// <summary>True if the body holds for exactly one element; any error is the result.</summary>
    ExistsOne,

    /// <summary>A list of the body for each element that passes the filter.</summary>
    List,

    /// <summary>A map from each key to the body, for each entry that passes the filter.</summary>
    Map,

    /// <summary>A map of the entries that the body gives for each element that passes the filter.</summary>
    MapEntries,
}
