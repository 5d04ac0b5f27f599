namespace Gateway.Proxy.Identity.StructuredFields;

/// <summary>What reading the next part of a list gave. The zero value is the bad one.</summary>
internal enum ReadStep
{
    Malformed = 0,
    Found = 1,
    End = 2,
}
