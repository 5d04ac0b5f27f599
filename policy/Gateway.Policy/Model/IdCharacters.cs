using System.Buffers;

namespace Gateway.Policy.Model;

/// <summary>What the name of a governed thing is made of: one set for the names of all things.</summary>
internal static class IdCharacters
{
    public static readonly SearchValues<char> All = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789._-");
}
