// BEGIN, START TRANSACTION, COMMIT, ROLLBACK as text; JDBC's own calls end in the same place.
SqlNode SqlTransactionControl() :
{
    final Span s;
    final SqlTransactionControl.Kind kind;
}
{
    (
        <BEGIN> { s = span(); } [ <WORK> | <TRANSACTION> ] { kind = SqlTransactionControl.Kind.BEGIN; }
    |
        <START> { s = span(); } <TRANSACTION> { kind = SqlTransactionControl.Kind.BEGIN; }
    |
        <COMMIT> { s = span(); } [ <WORK> | <TRANSACTION> ] { kind = SqlTransactionControl.Kind.COMMIT; }
    |
        <ROLLBACK> { s = span(); } [ <WORK> | <TRANSACTION> ] { kind = SqlTransactionControl.Kind.ROLLBACK; }
    )
    { return new SqlTransactionControl(s.end(this), kind); }
}

// query FOR [NO KEY] UPDATE | FOR [KEY] SHARE, of all its tables or some, at once or not at all.
SqlNode SqlLockingQuery(SqlNode query) :
{
    final Span s;
    final List<SqlNode> tables = new ArrayList<SqlNode>();
    SqlLockingQuery.Waiting waiting = SqlLockingQuery.Waiting.WAIT;
    SqlNode table;
}
{
    <FOR> { s = Span.of(query); }
    ( [ <NO> <KEY> ] <UPDATE> | [ <KEY> ] <SHARE> )
    [
        <OF> table = SimpleIdentifier() { tables.add(table); }
        ( <COMMA> table = SimpleIdentifier() { tables.add(table); } )*
    ]
    [
        <NOWAIT> { waiting = SqlLockingQuery.Waiting.NOWAIT; }
    |
        <SKIP_> <LOCKED> { waiting = SqlLockingQuery.Waiting.SKIP_LOCKED; }
    ]
    { return new SqlLockingQuery(s.end(this), query, new SqlNodeList(tables, s.pos()), waiting.symbol(s.pos())); }
}

// CREATE TABLE [IF NOT EXISTS] name (column type [NOT NULL] [PRIMARY KEY] [DEFAULT value], ..., [PRIMARY KEY (column, ...)])
SqlCreate SqlCreateFeature(Span s, boolean replace) :
{
    boolean ifNotExists = false;
    final SqlIdentifier name;
    final List<SqlNode> elements = new ArrayList<SqlNode>();
    final Span list;
}
{
    <TABLE> [ LOOKAHEAD(3) <IF> <NOT> <EXISTS> { ifNotExists = true; } ]
    name = CompoundIdentifier()
    <LPAREN> { list = span(); }
    FeatureElement(elements) ( <COMMA> FeatureElement(elements) )*
    <RPAREN>
    {
        return SqlDdlNodes.createTable(s.end(this), replace, ifNotExists, name,
            new SqlNodeList(elements, list.end(this)), null);
    }
}

void FeatureElement(List<SqlNode> elements) :
{
    final SqlIdentifier name;
    SqlIdentifier constraint = null;
    final SqlDataTypeSpec type;
    boolean nullable = true;
    boolean key = false;
    SqlNode defaultValue = null;
    final SqlNodeList columns;
    final Span s;
}
{
    (
        [ <CONSTRAINT> constraint = SimpleIdentifier() ]
        <PRIMARY> { s = span(); } <KEY> columns = ParenthesizedSimpleIdentifierList()
        { elements.add(SqlDdlNodes.primary(s.end(this), constraint, columns)); }
    |
        name = SimpleIdentifier() { s = Span.of(name); }
        type = DataType()
        (
            <NOT> <NULL> { nullable = false; }
        |
            <NULL>
        |
            <PRIMARY> <KEY> { key = true; }
        |
            <DEFAULT_> defaultValue = Expression(ExprContext.ACCEPT_NON_QUERY)
        )*
        {
            elements.add(SqlDdlNodes.column(s.end(this), name, type.withNullable(nullable), defaultValue,
                defaultValue != null ? ColumnStrategy.DEFAULT : nullable ? ColumnStrategy.NULLABLE : ColumnStrategy.NOT_NULLABLE));
            if (key) {
                elements.add(SqlDdlNodes.primary(name.getParserPosition(), null,
                    new SqlNodeList(ImmutableList.of(name), name.getParserPosition())));
            }
        }
    )
}

// ALTER TABLE name ADD [COLUMN] [IF NOT EXISTS] column type [NOT NULL]
SqlNode SqlAlterFeature() :
{
    final Span s;
    final SqlIdentifier table;
    final SqlIdentifier column;
    final SqlDataTypeSpec type;
    boolean ifNotExists = false;
    boolean nullable = true;
}
{
    <ALTER> { s = span(); } <TABLE> table = CompoundIdentifier()
    <ADD> [ LOOKAHEAD(<COLUMN>) <COLUMN> ] [ LOOKAHEAD(3) <IF> <NOT> <EXISTS> { ifNotExists = true; } ]
    column = SimpleIdentifier() type = DataType()
    [ <NOT> <NULL> { nullable = false; } | <NULL> ]
    {
        return new SqlAddColumn(s.end(this), table, ifNotExists,
            SqlDdlNodes.column(Span.of(column).end(this), column, type.withNullable(nullable), null,
                nullable ? ColumnStrategy.NULLABLE : ColumnStrategy.NOT_NULLABLE));
    }
}

// SET name = value, RESET name, alone or after ALTER SESSION. Some words that are values are reserved elsewhere.
SqlSetOption SqlSetting(Span s, String scope) :
{
    final SqlIdentifier name;
    final SqlNode value;
}
{
    (
        <SET> { s.add(this); } name = CompoundIdentifier() <EQ>
        (
            value = Literal()
        |
            value = SimpleIdentifier()
        |
            ( <ON> | <ALL> | <CURRENT> | <NONE> )
            { value = new SqlIdentifier(token.image, getPos()); }
        )
        { return new SqlSetOption(s.end(value), scope, (SqlNode) name, value); }
    |
        <RESET> { s.add(this); } name = CompoundIdentifier()
        { return new SqlSetOption(s.end(name), scope, (SqlNode) name, null); }
    )
}

SqlDrop SqlDropFeature(Span s, boolean replace) :
{
    boolean ifExists = false;
    final SqlIdentifier name;
}
{
    <TABLE> [ LOOKAHEAD(2) <IF> <EXISTS> { ifExists = true; } ]
    name = CompoundIdentifier()
    { return SqlDdlNodes.dropTable(s.end(this), ifExists, name); }
}

// TRUNCATE [TABLE] name
SqlTruncate SqlTruncateFeature(Span s) :
{
    final SqlIdentifier name;
}
{
    [ <TABLE> ] name = CompoundIdentifier()
    { return new SqlTruncateTable(s.end(this), name, true); }
}

// CURRENT_SCHEMA(), as PostgreSQL's users write it.
SqlNode CurrentNameCall() :
{
    final Span s;
    final String name;
}
{
    ( <CURRENT_SCHEMA> | <CURRENT_CATALOG> ) { s = span(); name = token.image; }
    <LPAREN> <RPAREN>
    { return new SqlIdentifier(name, s.end(this)); }
}

// expression::type, as PostgreSQL and DuckDB write a cast.
void InfixCast(List<Object> list, ExprContext exprContext, Span s) :
{
    final SqlDataTypeSpec type;
}
{
    <INFIX_CAST> { checkNonQueryExpression(exprContext); }
    type = DataType()
    {
        list.add(new SqlParserUtil.ToTreeListItem(SqlLibraryOperators.INFIX_CAST, s.pos()));
        list.add(type);
    }
}
