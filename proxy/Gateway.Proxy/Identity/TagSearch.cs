namespace Gateway.Proxy.Identity;

/// <summary>How many signatures carry the tag. The zero value is a field that can't be read.</summary>
internal enum TagSearch
{
    Malformed = 0,
    None = 1,
    One = 2,
    Several = 3,
}
