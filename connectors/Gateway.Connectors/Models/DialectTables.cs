using Gateway.Connectors.Json;

namespace Gateway.Connectors.Models;

/// <summary>Makes tables of names from lists separated by blanks, so that a dialect reads like its documentation.</summary>
internal static class DialectTables
{
    public static NameTable<T> Of<T>(params (T Meaning, string Names)[] rows)
        where T : struct => new([.. rows.SelectMany(row => row.Names.Split(' ').Select(name => KeyValuePair.Create(name, row.Meaning)))]);
}
